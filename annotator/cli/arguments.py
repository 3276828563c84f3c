"""The words that the command line understands."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.core.splits import Shares
from annotator.formats.offset_units import OffsetUnit
from annotator.formats.registry import FORMATS
from annotator.foundation.catalogue import Catalogue, for_terminal
from annotator.foundation.errors import Refused
from annotator.workbench.exporting import Scope
from annotator.workbench.schemes import DEFAULT_SCHEME


class Parser:
    """Builds the parser `root`: every verb, help in the language of the interface."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.root = argparse.ArgumentParser(
            prog="annotator",
            description=self._said("program"),
            epilog=self._said("exit_codes"),
            usage="annotator [PROJECT | ARTICLE ...]\n       annotator VERB ...",
        )
        self.root.add_argument("--version", action="store_true", help=self._said("version"))
        self.root.add_argument("--self-test", action="store_true", help=self._said("self_test"))
        self._common = argparse.ArgumentParser(add_help=False)
        said = self._said("json")
        self.root.add_argument("--json", action="store_true", help=said)
        # Suppressed, so that a verb does not take back what was said before it.
        self._common.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help=said
        )
        self._verbs = self.root.add_subparsers(dest="verb", metavar="VERB", prog="annotator")
        for add in (self._new, self._import, self._export, self._check, self._info, self._demo):
            add()
        self._convert()
        self._stats()
        self._doctor()
        self._report()
        self._add_backups()
        self._merge()
        self._history()
        self._trash()
        self._verb("formats", takes_project=False)
        self._evaluate()
        self._adjudicate()

    def _said(self, key: str) -> str:
        return self._catalogue.text(f"cli.help.{key}").replace("%", "%%")

    def _verb(self, verb: str, *, takes_project: bool = True) -> argparse.ArgumentParser:
        said = self._said(verb)
        parser = self._verbs.add_parser(verb, help=said, description=said, parents=[self._common])
        if takes_project:
            self._positional(parser, "project", "PROJECT")
        return parser

    def _positional(
        self, parser: argparse.ArgumentParser, name: str, shown: str, *, nargs: str | None = None
    ) -> None:
        parser.add_argument(name, type=Path, metavar=shown, nargs=nargs, help=self._said(name))

    def _option(
        self, parser: argparse.ArgumentParser, flag: str, shown: str, said: str, default: str = ""
    ) -> None:
        parser.add_argument(flag, metavar=shown, help=self._said(said), default=default or None)

    def _new(self) -> None:
        parser = self._verb("new")
        self._option(parser, "--scheme", "ID|FILE", "scheme", DEFAULT_SCHEME)
        self._option(parser, "--annotator", "NAME", "first_annotator")

    def _import(self) -> None:
        parser = self._verb("import")
        self._positional(parser, "files", "FILE", nargs="+")
        readable = [known.id for known in FORMATS if known.can_read]
        parser.add_argument("--format", choices=readable, help=self._said("format"))
        self._option(parser, "--encoding", "ENCODING", "encoding")
        self._option(parser, "--annotator", "NAME", "import_annotator")
        said = self._said
        self._unit(parser)
        self._map(parser)
        parser.add_argument("--add-labels", action="store_true", help=said("import_add_labels"))
        parser.add_argument("--dry-run", action="store_true", help=said("dry_run"))

    def _unit(self, parser: argparse.ArgumentParser) -> None:
        units = [unit.shown.lower() for unit in OffsetUnit]
        parser.add_argument("--unit", choices=units, help=self._said("unit"))

    def _map(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--map",
            type=self._name_pair,
            action="append",
            default=[],
            metavar="OLD=NEW",
            help=self._said("map"),
        )

    def _name_pair(self, word: str) -> tuple[str, str]:
        old, sign, new = word.rpartition("=")
        if not (old and sign):
            said = for_terminal(self._catalogue.text("cli.no_name_pair", word=word))
            raise argparse.ArgumentTypeError(said)
        return old, new

    def _merge(self) -> None:
        parser = self._verb("merge")
        self._positional(parser, "other", "OTHER")
        said = self._said
        parser.add_argument("--dry-run", action="store_true", help=said("dry_run"))
        parser.add_argument("--add-labels", action="store_true", help=said("add_labels"))
        parser.add_argument(
            "--accept-deletions", action="store_true", help=said("accept_deletions")
        )

    def _export(self) -> None:
        parser = self._verb("export")
        said = self._said
        written = [known.id for known in FORMATS if known.can_write]
        parser.add_argument("--format", choices=written, help=said("export_format"))
        parser.add_argument(
            "--output", type=Path, required=True, metavar="PATH", help=said("output")
        )
        self._chosen_options(parser)
        parser.add_argument(
            "--split", type=self._shares, metavar="TRAIN/DEV/TEST", help=said("split")
        )
        parser.add_argument("--seed", type=int, metavar="N", help=said("seed"))
        parser.add_argument("--ignore-splits", action="store_true", help=said("ignore_splits"))
        self._option(parser, "--annotator", "NAME|gold", "export_annotator")
        scopes = [scope.value for scope in Scope]
        parser.add_argument("--only", choices=scopes, default="complete", help=said("only"))
        parser.add_argument("--draft", action="store_true", help=said("draft"))
        parser.add_argument("--reproducible", action="store_true", help=said("reproducible"))

    def _convert(self) -> None:
        parser = self._verb("convert", takes_project=False)
        self._positional(parser, "source", "IN")
        self._positional(parser, "target", "OUT")
        ways = (
            ("--from", "source_format", [known.id for known in FORMATS if known.can_read]),
            ("--to", "target_format", [known.id for known in FORMATS if known.can_write]),
        )
        for flag, name, choices in ways:
            parser.add_argument(flag, dest=name, choices=choices, help=self._said(name))
        self._chosen_options(parser)
        self._option(parser, "--encoding", "ENCODING", "encoding")
        self._option(parser, "--scheme", "ID|FILE", "convert_scheme")
        self._unit(parser)
        self._map(parser)

    def _stats(self) -> None:
        self._verb("stats")

    def _chosen_options(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--option",
            type=self._pair,
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help=self._said("option"),
        )
        parser.add_argument("--overwrite", action="store_true", help=self._said("overwrite"))

    def _pair(self, word: str) -> tuple[str, str]:
        name, sign, value = word.partition("=")
        if not (name and sign):
            said = self._catalogue.text("cli.no_pair", word=word)
            raise argparse.ArgumentTypeError(for_terminal(said))
        return name, value

    def _shares(self, word: str) -> Shares:
        try:
            return Shares.parse(word)
        except Refused as error:
            said = for_terminal(self._catalogue.error(error))
            raise argparse.ArgumentTypeError(said) from error

    def _check(self) -> None:
        parser = self._verb("check", takes_project=False)
        self._positional(parser, "paths", "PROJECT|GOLD", nargs="+")
        self._option(parser, "--scheme", "ID|FILE", "scheme", DEFAULT_SCHEME)

    def _doctor(self) -> None:
        parser = self._verb("doctor")
        parser.add_argument("--repair", action="store_true", help=self._said("repair"))
        parser.add_argument(
            "--output", type=Path, metavar="NEW.nishan", help=self._said("repair_output")
        )

    def _info(self) -> None:
        self._verb("info")

    def _demo(self) -> None:
        parser = self._verb("demo", takes_project=False)
        parser.add_argument("--headless", type=Path, metavar="DIR", help=self._said("headless"))

    def _report(self) -> None:
        parser = self._verb("report", takes_project=False)
        said = self._said
        parser.add_argument(
            "--output", type=Path, required=True, metavar="FILE", help=said("report_output")
        )
        parser.add_argument("--project", type=Path, metavar="PROJECT", help=said("report_project"))

    def _add_backups(self) -> None:
        self._verb("backups")
        self._verb("backup")
        parser = self._verb("restore", takes_project=False)
        self._positional(parser, "backup_file", "BACKUP")
        said = self._said("restore_output")
        parser.add_argument("--output", type=Path, required=True, metavar="NEW", help=said)

    def _history(self) -> None:
        turns = self._verb("history").add_mutually_exclusive_group()
        for turn in ("undo", "redo"):
            turns.add_argument(f"--{turn}", type=int, metavar="N", help=self._said(turn))

    def _trash(self) -> None:
        parser = self._verb("trash")
        said = self._said("from_trash")
        parser.add_argument("--restore", nargs="+", metavar="ID", default=[], help=said)

    def _evaluate(self) -> None:
        parser = self._verb("evaluate", takes_project=False)
        self._positional(parser, "gold", "GOLD")
        self._positional(parser, "predicted", "PREDICTED")
        said = self._said
        layers = ["mentions", "events", "quotes", "all"]
        parser.add_argument("--layer", choices=layers, default="all", help=said("layer"))
        readable = [known.id for known in FORMATS if known.can_read]
        parser.add_argument("--from", dest="read_as", choices=readable, help=said("evaluate_from"))
        parser.add_argument("--labels", action="store_true", help=said("evaluate_labels"))
        self._option(parser, "--gold-set", "ID", "gold_set")
        self._option(parser, "--predicted-set", "ID", "predicted_set")
        self._unit(parser)
        parser.add_argument(
            "--per-document", type=Path, metavar="FILE.csv", help=said("per_document")
        )

    def _adjudicate(self) -> None:
        parser = self._verb("adjudicate")
        said = self._said
        rules = parser.add_mutually_exclusive_group()
        rules.add_argument("--agreed", action="store_true", help=said("agreed"))
        rules.add_argument("--majority", action="store_true", help=said("majority"))
        rules.add_argument("--first", metavar="NAME", help=said("first"))
        parser.add_argument(
            "--document", nargs="+", metavar="ID", default=[], help=said("adjudicated_documents")
        )
        self._option(parser, "--adjudicator", "NAME", "adjudicator")
        parser.add_argument("--unfinished", action="store_true", help=said("unfinished"))
        parser.add_argument("--dry-run", action="store_true", help=said("dry_run"))
