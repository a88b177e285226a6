"""How each shell is asked what can stand next and how it is answered: the scripts it loads, and its quotes.

A script calls `toshima __complete SHELL …` with what was typed so far and hands on what comes back:

- the first line says what follows: `values`; `open`, values with no space behind them; `files`, the shell's own;
- then one value a line, TAB, what it is (bash, which draws no such column, gets the two as one text);
- for zsh a `+` before the value says that no space belongs behind it, otherwise a blank stands there.

bash gives its line as typed, since its own words are cut at `:` and `=`; the others give words, the last of them up to
the cursor. PowerShell drops empty words, so it puts a `=` before each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SHELLS = ("bash", "zsh", "fish", "powershell")

ASKED = "__complete"
"""The hidden first word of a line that asks what can stand next."""

MOST = 50
"""So many candidates at most: what is longer than a screen helps nobody."""

INSTALL = {
    "bash": ("~/.bashrc", 'eval "$(toshima completion bash)"'),
    "zsh": ("~/.zshrc", 'eval "$(toshima completion zsh)"'),
    "fish": ("~/.config/fish/config.fish", "toshima completion fish | source"),
    "powershell": ("$PROFILE", "toshima completion powershell | Out-String | Invoke-Expression"),
}
"""Shell → the file that it reads when it starts, and the line that belongs there."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that can stand next and, in a few words, what it is. `open`: more of the same word has to follow."""

    value: str
    about: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Typing:
    """A line that is being typed: the words before the cursor's, and that word up to the cursor, both without their
    quotes. For bash: `head`, how much of the word stands before what it replaces; `quote`, the one still open; `plain`,
    whether values only are wanted (it goes through them in the line itself)."""

    words: tuple[str, ...]
    current: str
    head: int = 0
    quote: str = ""
    plain: bool = False


def read(shell: str, given: Sequence[str]) -> Typing:
    """What a script handed over. Raises ValueError where it is nothing a script of ours would."""
    if shell == "bash":
        line, breaks, how = given
        return _line(line, breaks, plain=how in ("37", "42"))
    if shell not in SHELLS:
        raise ValueError(shell)
    if shell == "powershell":
        given = [word.removeprefix("=") for word in given]
    elif shell == "fish" and given:
        given = [*given[:-1], _line(given[-1], "").current]
    *words, current = given
    return Typing(tuple(words), current)


def _line(line: str, breaks: str, *, plain: bool = False) -> Typing:
    """The words of an unfinished line. A word begins anew for bash at each of `breaks` that is not quoted."""
    words, word, begun, quote, head = list[str](), "", False, "", 0
    signs = iter(line)
    for sign in signs:
        if quote:
            if sign == quote:
                quote = ""
            elif sign == "\\" and quote == '"':
                follows = next(signs, "")
                word += follows if follows in '"\\$`' else sign + follows
            else:
                word += sign
        elif sign in " \t\n":
            if begun:
                words.append(word)
            word, begun, head = "", False, 0
            continue
        elif sign in "'\"":
            quote, head = sign, len(word)
        elif sign == "\\":
            word += next(signs, "")
        else:
            word += sign
            if sign in breaks:
                head = len(word)
        begun = True
    return Typing(tuple(words), word, head, quote, plain)


def answer(shell: str, typing: Typing, found: Sequence[Candidate], *, files: bool = False) -> str:
    """What the script reads back; ends in a newline."""
    if files:
        return "files\n"
    how = "open" if found and all(each.open for each in found) else "values"
    if shell == "bash":
        lines = [_for_bash(each, typing, alone=len(found) == 1) for each in found]
    elif shell == "powershell":
        lines = [f"{_bare(each.value, _POWERSHELL)}\t{each.about or each.value}" for each in found]
    else:
        mark = {True: "+", False: " "} if shell == "zsh" else {True: "", False: ""}
        lines = [f"{mark[each.open]}{each.value}" + (f"\t{each.about}" if each.about else "") for each in found]
    return "\n".join([how, *lines]) + "\n"


_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,=+@%")
_POWERSHELL = _SAFE - frozenset("@%,")


def _for_bash(each: Candidate, typing: Typing, *, alone: bool) -> str:
    value = each.value[typing.head :]
    if typing.quote == '"':
        text = "".join(f"\\{sign}" if sign in '"\\$`' else sign for sign in value)
    elif typing.quote:
        text = value.replace("'", "'\\''")
    else:
        text = "".join(sign if sign in _SAFE or not sign.isascii() else f"\\{sign}" for sign in value)
    # several are only shown: what they are stands beside them, behind all that they have in common
    return text if alone or typing.plain or not each.about else f"{text}  {each.about}"


def _bare(value: str, safe: frozenset[str]) -> str:
    """As it is, or in single quotes, PowerShell's way."""
    if value and all(sign in safe or not sign.isascii() for sign in value):
        return value
    return "'" + value.replace("'", "''") + "'"


def script(shell: str) -> str:
    """What the shell loads; plain ASCII, whatever its locale is."""
    file, line = INSTALL[shell]
    return f"# toshima: completion for {shell}. To have it in every shell, put into {file} the line\n#   {line}\n" + {
        "bash": _BASH,
        "zsh": _ZSH,
        "fish": _FISH,
        "powershell": _PWSH,
    }[shell].replace("ASKED", ASKED)


_BASH = r"""
_toshima() {
    local line how= program=${1/#\~\//$HOME/}
    COMPREPLY=()
    while IFS= read -r line; do
        if [ -z "$how" ]; then
            how=$line
        else
            COMPREPLY+=("$line")
        fi
    done < <("$program" ASKED bash "${COMP_LINE:0:$COMP_POINT}" "$COMP_WORDBREAKS" "${COMP_TYPE:-9}" 2>/dev/null)
    case $how in
        files) compopt -o default 2>/dev/null ;;
        open) compopt -o nospace 2>/dev/null ;;
    esac
}
complete -o nosort -F _toshima toshima 2>/dev/null || complete -F _toshima toshima
"""

_ZSH = r"""
_toshima() {
    local -a lines whole open whole_shown open_shown
    local line value program=${(Q)words[1]}
    program=${program/#\~\//$HOME/}
    lines=("${(@f)$("$program" ASKED zsh "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    if [[ ${lines[1]} == files ]]; then
        _files
        return
    fi
    for line in "${(@)lines[2,-1]}"; do
        value=${${line%%$'\t'*}[2,-1]}
        if [[ $line == +* ]]; then
            open+=("$value")
            open_shown+=("${${line[2,-1]}/$'\t'/  }")
        else
            whole+=("$value")
            whole_shown+=("${${line[2,-1]}/$'\t'/  }")
        fi
    done
    (( $#open )) && compadd -l -V toshima -S '' -d open_shown -a open
    (( $#whole )) && compadd -l -V toshima -d whole_shown -a whole
    (( $#open + $#whole ))
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _toshima toshima
"""

_FISH = r"""
function __toshima_complete
    set -l before (commandline -opc)
    set -l program $before
    while string match -qr '^[A-Za-z_]\w*=' -- $program[1]
        set -e program[1]
    end
    set program (string replace -r '^~/' "$HOME/" -- $program[1])
    set -l lines ($program ASKED fish $before (commandline -ct) 2>/dev/null)
    if test "$lines[1]" = files
        __fish_complete_path (commandline -ct)
    else if test (count $lines) -gt 1
        printf '%s\n' $lines[2..-1]
    end
end
complete -c toshima -e
complete -c toshima -f -k -a '(__toshima_complete)'
"""

_PWSH = r"""
Register-ArgumentCompleter -Native -CommandName 'toshima' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @()
    $current = ''
    foreach ($element in $commandAst.CommandElements) {
        $start = $element.Extent.StartOffset
        if ($start -ge $cursorPosition) { break }
        if ($element.Extent.EndOffset -ge $cursorPosition) {
            $current = $element.Extent.Text.Substring(0, $cursorPosition - $start).TrimStart("'", '"')
        } elseif ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $before += '=' + $element.Value
        } else {
            $before += '=' + $element.Extent.Text
        }
    }
    $program = $commandAst.GetCommandName()
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $lines = @(& $program ASKED powershell @before "=$current" 2>$null)
    } finally {
        [Console]::OutputEncoding = $encoding
    }
    $lines | Select-Object -Skip 1 | ForEach-Object {
        $value, $about = $_ -split "`t", 2
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
"""
