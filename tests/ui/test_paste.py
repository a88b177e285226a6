"""A line to paste goes to the books it was offered for."""

import pytest

from toshima_cli.ui.paste import pasted, standing_before


@pytest.mark.parametrize(
    ("before", "line", "shown"),
    [
        ((), "toshima show 2026-0001", "toshima show 2026-0001"),
        (("--db", "/b c.db"), "toshima show 2026-0001", "toshima --db '/b c.db' show 2026-0001"),
        (("--db=/b.db", "-q", "--lang", "en"), "toshima init", "toshima --db=/b.db --lang en init"),
        (("--mask", "--no-input", "--as", "k03"), "toshima caseload", "toshima --mask --as k03 caseload"),
        (("-q", "--debug"), "toshima caseload", "toshima caseload"),
        (("--db", "/b.db"), "toshima --db FILE init", "toshima --db FILE init"),
        (("--db", "/b.db"), "TOSHIMA_TODAY=2027-03-19 toshima caseload", "TOSHIMA_TODAY=2027-03-19 toshima caseload"),
        (("--db", "/b.db"), "toshima", "toshima --db /b.db"),
    ],
)
def test_what_stood_before_the_command_stands_there_again(before: tuple[str, ...], line: str, shown: str) -> None:
    with standing_before(before):
        assert pasted(line) == shown
    assert pasted(line) == line


def test_one_line_within_another_keeps_to_its_own() -> None:
    with standing_before(("--db", "/a.db")):
        with standing_before(("--db", "/b.db")):
            assert pasted("toshima show") == "toshima --db /b.db show"
        assert pasted("toshima show") == "toshima --db /a.db show"
