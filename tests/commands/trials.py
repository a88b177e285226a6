"""A group of commands that exists in the tests only."""

from tests.commands.trial import COMMANDS_OF_GROUP
from toshima_cli.domain.verdict import say

HELP = say("Trials")
COMMANDS = COMMANDS_OF_GROUP
