"""The files of deploy/: they parse, their commands exist, and the units are as hardened as they say."""

import json
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from mentions.cli import cli
from mentions.config import Config
from mentions.monitoring.metrics import exposition
from mentions.phases import Phase, PhaseState
from mentions.store.records import RunState, RunSummary
from tests.conftest import REPOSITORY

DEPLOY = REPOSITORY / "deploy"
# Of the Filesystem Hierarchy Standard, and the volume of containers. Everything else is somebody's own machine.
SYSTEM_FOLDERS = {"bin", "data", "dev", "etc", "opt", "proc", "run", "sbin", "srv", "sys", "tmp", "usr", "var"}
UNITS = sorted([*DEPLOY.glob("systemd/*.service"), *DEPLOY.glob("systemd/*.timer"), *DEPLOY.glob("systemd/*/*.conf")])
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
NIGHT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)

Unit = dict[str, list[tuple[str, str]]]  # section → keys and values, in order: systemd reads a key again and again


def unit_of(path: Path) -> Unit:
    """A unit as systemd.syntax(7) says; ours use no continued lines."""
    sections: Unit = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if found := re.fullmatch(r"\[(\w+)\]", line):
            assert found[1] not in sections, f"{path.name}:{number}: [{found[1]}] twice"
            sections[found[1]] = []
            continue
        key, equals, value = line.partition("=")
        assert equals, f"{path.name}:{number}: no KEY=VALUE"
        assert re.fullmatch(r"[A-Z][A-Za-z]+", key), f"{path.name}:{number}: {key!r}"
        list(sections.values())[-1].append((key, value))
    return sections


def documents() -> Iterator[tuple[str, Any]]:
    for path in sorted(DEPLOY.rglob("*.yaml")):
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            yield str(path.relative_to(DEPLOY)), document


def arguments(value: Any) -> Iterator[list[str]]:
    """The command lines of this program in a container's description: `args`, or `command` of a compose service."""
    if isinstance(value, dict):
        if "containers" in value:
            for container in value["containers"]:
                yield container["args"]
        for name, service in value.get("services", {}).items():
            assert service["command"], name
            yield service["command"]
        for each in value.values():
            yield from arguments(each)
    elif isinstance(value, list):
        for each in value:
            yield from arguments(each)


def command_lines() -> list[tuple[str, list[str]]]:
    """Every call of `mentions` in deploy/: where, and its arguments."""
    found = [(where, call) for where, document in documents() for call in arguments(document)]
    for path in SERVICES:
        for key, value in unit_of(path)["Service"]:
            if key.startswith("Exec") and "/bin/mentions " in value:
                found.append((path.name, shlex.split(value)[1:]))
    for path in [*DEPLOY.rglob("*.yaml"), *DEPLOY.glob("cron/*")]:
        calls = re.findall(r"(?:&& mentions|--rm nightly) ([a-z][^|>&;…\n]*)", path.read_text(encoding="utf-8"))
        found.extend((path.name, shlex.split(call)) for call in calls)
    container = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
    found.append(("Containerfile", json.loads(re.search(r"^CMD (.*)$", container, re.MULTILINE)[1])))  # type: ignore[index]  # it has one
    return found


def test_there_is_a_command_line_in_every_kind_of_file() -> None:
    places = {where for where, _ in command_lines()}
    assert {
        "Containerfile",
        "compose.yaml",
        "container/compose.yaml",
        "kubernetes/mentions.yaml",
        "mentions",
        "mentions-backup.service",
        "mentions-nightly.service",
        "mentions-review.service",
    } <= places


@pytest.mark.parametrize(("where", "call"), command_lines(), ids=lambda value: value if isinstance(value, str) else "-")
def test_every_command_line_exists(where: str, call: list[str]) -> None:
    group: click.Command | None = cli
    words = list(call)
    while isinstance(group, click.Group) and words:
        group = group.get_command(click.Context(group), words.pop(0))
    assert group is not None, f"{where}: mentions {shlex.join(call)}"
    known = {option for parameter in group.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("-")} <= known, f"{where}: mentions {shlex.join(call)}"
    choices = {p.opts[0]: p.type.choices for p in group.params if isinstance(p.type, click.Choice)}
    for option, value in pairwise(words):
        assert value in choices.get(option, [value]), f"{where}: {option} {value}"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_have_the_form_of_units(path: Path) -> None:
    unit = unit_of(path)
    assert set(unit) <= {"Unit", "Service", "Timer", "Install"}
    assert path.read_text(encoding="utf-8").startswith("# "), "says what it is for"


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_services_are_nobody_special_and_see_little(path: Path) -> None:
    service = dict(unit_of(path)["Service"])
    assert service["User"] == "mentions"
    for key in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "MemoryDenyWriteExecute"):
        assert service[key] == "yes", key
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["UMask"] == "0077", "the database holds people's addresses"


def test_a_night_may_end_as_nights_end_and_is_stopped_gently() -> None:
    service = dict(unit_of(DEPLOY / "systemd" / "mentions-nightly.service")["Service"])
    from mentions.cli.common import EXIT_CODES
    from mentions.crawling.runner import STOP_WITHIN_S

    fine = {EXIT_CODES[name] for name in ("partial", "limited", "already running")}
    assert {int(code) for code in service["SuccessExitStatus"].split()} == fine
    assert service["KillMode"] == "mixed", "the processes that judge pages must not hear SIGTERM"
    assert float(service["TimeoutStopSec"]) > 2 * STOP_WITHIN_S
    memory_mb = Config.model_fields["limits"].default.memory_mb
    assert int(service["MemoryMax"].removesuffix("G")) * 1000 > memory_mb


@pytest.mark.service
@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_systemd_itself_finds_nothing_wrong(path: Path, tmp_path: Path) -> None:
    """With a program that is here in the place of ours; exposure of at most 2.0 of 10 (`systemd-analyze security`)."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd here")
    for other in UNITS:
        if other.suffix != ".conf":
            text = other.read_text(encoding="utf-8").replace("/opt/mentions/bin/mentions", "/bin/true")
            (tmp_path / other.name).write_text(text, encoding="utf-8")
    unit = str(tmp_path / path.name)
    units = [unit] if path.name == "mentions-review.service" else [unit, unit.removesuffix("service") + "timer"]
    verified = subprocess.run([analyze, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    rated = subprocess.run(
        [analyze, "security", "--offline=true", "--threshold=20", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout[-300:]


def test_containers_are_nobody_special_either() -> None:
    text = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
    stages = text.split("\nFROM ")
    assert len(stages) == 3, "the compilers stay behind"
    assert re.findall(r"^USER (.*)$", stages[-1], re.MULTILINE) == ["10001:10001"]
    for sources in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE):
        for source in sources.split():
            assert (REPOSITORY / source).exists(), source
            ignore = (DEPLOY / "container" / "Containerfile.containerignore").read_text(encoding="utf-8")
            assert f"!{source}\n" in ignore, source
    pods = [each for _, document in documents() for each in pod_specs(document)]
    assert len(pods) == 2
    for pod in pods:
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        for container in pod["containers"]:
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            mounted = {mount["name"] for mount in container["volumeMounts"]}
            assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_every_backup_goes_into_a_folder_under_a_name_of_its_own() -> None:
    """Without the slash a folder that is not there yet becomes a file, and the second evening finds it taken."""
    targets = [call[2] for _, call in command_lines() if call[:2] == ["db", "backup"]]
    assert len(targets) == 3
    assert all(target.endswith("/") for target in targets), targets


@pytest.mark.parametrize(("age_s", "alive"), [(0, True), (20 * 60, True), (45 * 60, False), (None, False)])
def test_a_pod_whose_heart_has_stopped_is_ended(tmp_path: Path, age_s: int | None, *, alive: bool) -> None:
    (probe,) = (
        container["livenessProbe"]["exec"]["command"]
        for _, document in documents()
        for pod in pod_specs(document)
        for container in pod["containers"]
        if "livenessProbe" in container
    )
    beat = tmp_path / "alive.json"
    if age_s is not None:
        beat.touch()
        os.utime(beat, (beat.stat().st_mtime - age_s,) * 2)
    command = [part.replace("/data/alive.json", str(beat)) for part in probe]
    assert command != probe
    assert (subprocess.run(command, check=False, capture_output=True).returncode == 0) is alive


def test_what_a_pod_writes_lies_on_its_volume() -> None:
    """Files that mentions.toml names relative to itself would lie in the config map, where nothing can be written."""
    text = (DEPLOY / "kubernetes" / "mentions.yaml").read_text(encoding="utf-8")
    comment = text[text.index("#   [store]") : text.index("\n---")]
    said = tomllib.loads(comment.replace("#   ", ""))
    target = {"name": "A", "domains": ["a.example"]}
    config = Config.model_validate({**said, "targets": [target]})
    folders = [
        config.store.pages,
        config.drafts.folder,
        config.handoff.folder,
        config.digest.folder,
        config.monitoring.heartbeat,
    ]
    assert all(folder is not None and folder.is_relative_to("/data") for folder in folders), folders


def pod_specs(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "containers" in value:
            yield value
        for each in value.values():
            yield from pod_specs(each)


def test_alerts_ask_for_figures_that_there_are() -> None:
    run = RunSummary(
        id=1,
        started_at=NIGHT,
        ended_at=NIGHT,
        state=RunState.FINISHED,
        phases=(Phase("crawl", PhaseState.DONE, NIGHT, NIGHT),),
    )
    written = set(re.findall(r"^# TYPE (\w+)", exposition(version="1", code=0, ended_at=NIGHT, run=run), re.MULTILINE))
    [(_, alerts)] = [(where, document) for where, document in documents() if where.startswith("prometheus")]
    rules = alerts["groups"][0]["rules"]
    for rule in rules:
        asked = set(re.findall(r"mentions_\w+", rule["expr"]))
        assert asked <= written, rule["alert"]
        assert {"summary", "description"} <= set(rule["annotations"])
    assert len(rules) >= 4


def folders_in(text: str) -> set[str]:
    """The first folders of all absolute paths of a file system: "/var/lib" gives "var"; addresses have none."""
    return set(re.findall(r"(?<![\w.:/*}%$-])/([a-z][\w.-]*)(?=/)", text))


def test_folders_are_told_from_addresses() -> None:
    text = 'x=/opt/a/b "/nowhere/a" https://a.example/b/c ./local/a $HOME/b/c a/b/c'
    assert folders_in(text) == {"opt", "nowhere"}


def test_no_file_names_a_machine_or_holds_a_secret() -> None:
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"(?m)(?:^|\s)(?:--(?:extra-)?index|-i)\b", text), (
                path
            )  # packages come from where pip looks
            assert folders_in(re.sub(r"(?m)^\s*uri .*$", "", text)) <= SYSTEM_FOLDERS, path
            assert not re.search(r"(?i)(password|token)\s*[=:]\s*['\"]?\w{6,}", text), path
