#!/bin/sh
# The report of last month as a file in a folder, for a scheduler. Nobody is asked anything, and no name is printed.
#
#   monthly.sh FOLDER
#
# makes FOLDER/2026-11.xlsx and, to check it by, FOLDER/2026-11.xlsx.manifest.json. A report that is there already stays as
# it is and is no fault: run every working day, it is made on the first one of each month. With cron, at half past seven:
#
#   30 7 * * 1-5   TOSHIMA_DB=/srv/toshima/books.db /srv/toshima/monthly.sh /srv/toshima/reports
#
# Exit codes: 0 there is a report · 2 the folder cannot be used · 5 the database (missing, busy, of another version) ·
# anything else as toshima gave it. What went wrong is said on stderr, which cron sends to whoever looks after it.

set -u
umask 077

folder=${1:-}
if [ -z "$folder" ] || [ ! -d "$folder" ]; then
    echo "monthly.sh: name a folder that exists / 既にあるフォルダを指定してください: monthly.sh FOLDER" >&2
    exit 2
fi

export TOSHIMA_NO_INPUT=1 TOSHIMA_MASK=1

# Which month was the last one, the program knows: Japan's date decides, not that of this machine.
failed() {
    case $1 in
        5) echo "monthly.sh: $2 was not made, the database cannot be used / データベースが使えないため作成していません" >&2 ;;
        *) echo "monthly.sh: $2 was not made (exit $1) / 作成していません" >&2 ;;
    esac
    exit "$1"
}

found=$(toshima -q report monthly --month last -f md) || failed $? "the report of last month"
month=$(printf '%s\n' "$found" | sed -n '1s/.*\([0-9]\{4\}-[0-9]\{2\}\).*/\1/p')
file=$folder/$month.xlsx
if [ -e "$file" ]; then
    exit 0
fi

toshima -q report monthly --month "$month" --manifest -o "$file" || failed $? "$month"
