"""The help of the command and what it says of wrong usage: in the language that is spoken, without types of Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from typer.core import TyperCommand, TyperGroup

from pipeline.errors import PipelineError
from pipeline.message import Message, msg
from pipeline.translation import LANGUAGES, shown, translate

LANG, VERSION = "--lang", "--version"


class SopCommand(TyperCommand):
    """A command whose help is in the language that is spoken."""

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """Print the help."""
        _print_help(self, ctx)


class SopGroup(TyperGroup):
    """The group of all commands; its help is in the language that is spoken."""

    command_class = SopCommand

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        """Print the help."""
        _print_help(self, ctx)

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        """Find the command by the first argument.

        Raises:
            PipelineError: There is none of that name.
        """
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = ", ".join(get_close_matches(args[0], self.commands))
            fault = msg("there is no command {command}", command=args[0])
            guess = msg("{fault}; did you mean {near}?", fault=fault, near=near)
            raise PipelineError(guess if near else fault, msg("See {command} --help.", command=ctx.command_path))
        return super().resolve_command(ctx, args)


def split_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take --lang, wherever it stands before a "--", out of the arguments.

    Returns:
        The language, None where none is given, and the other arguments.

    Raises:
        PipelineError: It is none of ours.
    """
    rest, language = list(arguments), None
    end = rest.index("--") if "--" in rest else len(rest)
    for place in [at for at, argument in enumerate(rest[:end]) if argument.split("=")[0] == LANG][::-1]:
        _, equals, value = rest.pop(place).partition("=")
        if not equals:
            value = rest.pop(place) if place < len(rest) else ""
        language = language or value
        if value not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            raise PipelineError(
                msg('there is no language "{language}"', language=value), msg("Take one of {known}.", known=known)
            )
    return language, rest


def usage_error(error: typer.TyperException) -> PipelineError:
    """Put in words what is wrong with the arguments."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "sop"
    return PipelineError(_fault(error), msg("See {command} --help.", command=command))


def _fault(error: Any) -> Any:
    """What typer found wrong, as a message; in typer's own words where it is something that no command has."""
    kind, param = type(error).__name__, getattr(error, "param", None)
    if kind == "NoSuchOption":
        near = ", ".join(sorted(error.possibilities or ()))
        said = msg("there is no option {option}", option=error.option_name)
        return msg("{fault}; did you mean {near}?", fault=said, near=near) if near else said
    if kind == "MissingParameter" and param is not None:
        return msg("{argument} is missing", argument=_name(param))
    if kind == "BadParameter" and param is not None:
        return msg("{option}: {limits}", option=_name(param), limits=_limits(param))
    if kind == "BadOptionUsage":
        return msg("{option} needs a value", option=error.option_name)
    return error.format_message().rstrip(".")


def _limits(param: Any) -> Any:
    if _choices(param):
        return msg("one of {known}", known=", ".join(_choices(param)))
    low, high = getattr(param, "min", None), getattr(param, "max", None)
    if low is not None and high is not None:
        return msg("a number from {low} to {high}", low=str(low), high=str(high))
    if low is not None:
        return msg("a number, {low} or more", low=str(low))
    return msg("no value that it can take")


def _print_help(command: Any, context: typer.Context) -> None:
    console = Console(highlight=False)
    commands = list(getattr(command, "commands", {}).values())
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option"]
    options_place, command_place = translate("OPTION"), [translate("COMMAND")] if commands else []
    named = (_usage(param) for param in arguments)
    pieces = [translate("Usage:"), context.command_path, *command_place, *named, f"[{options_place}]..."]
    console.print(escape(" ".join(pieces)) + "\n", soft_wrap=True)
    for paragraph in shown_help(command.help or "").split("\n\n"):
        console.print(escape(" ".join(paragraph.split())) + "\n")
    _print_rows(console, translate("Commands"), [(each.name, _first(each.help)) for each in commands])
    _print_rows(console, translate("Arguments"), [(_name(param), _described(param)) for param in arguments])
    _print_rows(console, translate("Options"), [*((_flags(p), _described(p)) for p in options), *_everywhere(commands)])
    if command.epilog:
        console.print(escape(shown_help(command.epilog)))


def _print_rows(console: Console, title: str, rows: Sequence[tuple[str, str]]) -> None:
    if not rows:
        return
    table = Table.grid(padding=(0, 2))
    for name, words in rows:
        table.add_row(f"  {escape(name)}", escape(words))
    console.print(f"{title}:")
    console.print(table)
    console.print()


def _everywhere(commands: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """The options that every command has, and the one that only the group has."""
    yield f"{LANG} {'|'.join(LANGUAGES)}", translate("The language to speak; that of the locale if not given.")
    if commands:
        yield VERSION, translate("Show the version and exit.")
    yield "-h, --help", translate("Show this message and exit.")


def help_key(text: str) -> str:
    """Write a help text as it stands in the catalogue: each paragraph in one line."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def shown_help(text: str) -> str:
    """Write a help text in the language that is spoken."""
    return shown(Message(help_key(text))) if text else ""


def _first(text: str | None) -> str:
    return " ".join(shown_help(text or "").split("\n\n")[0].split())


def _described(param: Any) -> str:
    default = getattr(param, "default", None)
    tells = default not in (None, False, 0, (), []) and getattr(param, "show_default", True)
    words = _first(param.help)
    return " ".join([words, translate("[default: {default}]", default=str(default))]) if tells else words


def _flags(param: Any) -> str:
    """An option as it is typed: "-o, --out DIR"."""
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag or param.count else f"{names} {shown_help(place(param))}"


def place(param: Any) -> str:
    """What stands for the value of a parameter, as it is in the catalogue: "DIR"."""
    flag = param.param_type_name == "option" and (param.is_flag or param.count)
    return "" if flag else str(param.metavar or "|".join(_choices(param)) or "TEXT")


def _choices(param: Any) -> list[str]:
    """The values that a parameter takes; none where it takes any."""
    return [str(getattr(choice, "value", choice)) for choice in param.type_descriptor.choices or ()]


def _name(param: Any) -> str:
    """What a person calls a parameter: an option by its long name, an argument by what stands for it."""
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return shown_help(place(param))


def _usage(param: Any) -> str:
    name = _name(param)
    many = param.nargs == -1
    if not param.required:
        return f"[{name}]..." if many else f"[{name}]"
    return f"{name}..." if many else name
