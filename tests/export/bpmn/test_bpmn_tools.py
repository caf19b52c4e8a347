"""BPMN files in the programs that people open them with: bpmn-moddle, bpmnlint, bpmn-js in Chromium, SpiffWorkflow."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from export.bpmn.bpmn_cases import decision_record, flow_record, golden_records
from in_browser import CHROMIUM
from playwright.sync_api import sync_playwright

from pipeline.export.bpmn.bpmn_xml import bpmn_faults, bpmn_xml, process_id
from pipeline.model.record import Record

PROJECT = Path(__file__).parents[3]
JAVASCRIPT = PROJECT / "tests" / "javascript"
MODULES = JAVASCRIPT / "node_modules"
NODE = shutil.which("node")

pytestmark = pytest.mark.untraced  # in programs of their own
needs_modules = pytest.mark.skipif(
    not NODE or not (MODULES / "bpmnlint").exists(), reason="no JavaScript packages: sh scripts/setup.sh test"
)

EXPLAINED = {
    "one-way": {"superfluous-gateway", "superfluous-label"},
    "no-way-out": {"no-implicit-end", "no-disconnected"},
    "no-way-in": {"no-implicit-start", "no-disconnected"},
    "no-connectors": {"no-implicit-start", "no-implicit-end", "no-disconnected"},
    "no-words": {"label-required"},
    "lone-words": {"superfluous-label"},
    "no-start": {"start-event-required"},
    "no-end": {"end-event-required"},
    "several-starts": {"single-blank-start-event"},
    "repeated": {"no-duplicate-sequence-flows"},
    "end-goes-on": {"conditional-flows"},
    "split": set(),
}
"""The rules of bpmnlint that each fault of a flow breaks."""

BROKEN = [
    flow_record("S D E", [(1, 2, None), (2, 3, "ya")]),
    flow_record("S P P E", [(1, 2, None), (2, 4, None)]),
    flow_record("P", []),
    flow_record("", []),
    flow_record("S S E", [(1, 3, None), (2, 3, None)]),
    flow_record("S D E c", [(1, 2, None), (2, 3, None), (2, 1, None)]),
    flow_record("S P P E E", [(1, 2, None), (2, 3, None), (2, 4, None), (3, 5, None)]),
    flow_record("S E P", [(1, 2, None), (2, 3, "x"), (3, 2, None)]),
]


def written(folder: Path, records: Sequence[Record], data_objects: bool) -> list[Path]:
    paths = []
    for number, record in enumerate(records):
        paths.append(folder / f"{number}.bpmn")
        paths[-1].write_text(bpmn_xml(record, data_objects), "utf-8")
    return paths


@needs_modules
@pytest.mark.parametrize("data_objects", [False, True])
def test_moddle_warns_of_nothing_and_lint_of_nothing_that_the_flow_does_not_explain(
    tmp_path: Path, data_objects: bool
) -> None:
    records = [decision_record(), decision_record(yes=None), *BROKEN, *golden_records()]
    paths = written(tmp_path, records, data_objects)
    done = subprocess.run(
        [str(NODE), "check_bpmn.mjs", *map(str, paths)], cwd=JAVASCRIPT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    for record, path in zip(records, paths, strict=True):
        result = results[path.name]
        assert result["warnings"] == []
        assert unexplained(record, result["lint"]) == []
    assert results["0.bpmn"]["lint"] == results["1.bpmn"]["lint"] == []
    assert all(results[f"{number}.bpmn"]["lint"] for number in range(2, 8))


def unexplained(record: Record, lint: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is linted at an element that no fault of its symbol, or of the whole flow, explains."""
    told: set[tuple[str, str]] = set()
    for fault in bpmn_faults(record):
        told |= {(rule, fault.node) for rule in EXPLAINED[fault.code]}
    return [(rule, name) for rule, name in lint if not any(rule == r and of_symbol(name, n) for r, n in told)]


def of_symbol(name: str, symbol: str) -> bool:
    """Whether an element, or the flow that leaves one, belongs to a symbol; everything does to the whole flow's."""
    return not symbol or symbol in name.removeprefix("flow_").split("_")


@needs_modules
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium")
def test_bpmn_js_shows_every_file_without_words_outside_of_their_task() -> None:
    dist = MODULES / "bpmn-js" / "dist"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content("<div id=c style='width:1200px;height:800px'></div>")
        page.add_style_tag(path=dist / "assets" / "diagram-js.css")
        page.add_script_tag(path=dist / "bpmn-viewer.production.min.js")
        page.evaluate("window.viewer = new BpmnJS({container: '#c'})")
        for record in [*BROKEN, *golden_records()]:
            shown: dict[str, Any] = page.evaluate(SHOWN, bpmn_xml(record, data_objects=True))
            assert shown["warnings"] == []
            assert shown["outside"] == []
            assert shown["tasks"] == bpmn_xml(record).count("<bpmn:userTask")
        browser.close()


SHOWN = """async (xml) => {
  const { warnings } = await viewer.importXML(xml);
  const outside = [];
  const tasks = viewer.get('elementRegistry').filter(element => element.type === 'bpmn:UserTask');
  for (const task of tasks) {
    const visual = viewer.get('elementRegistry').getGraphics(task).querySelector('.djs-visual');
    const words = visual.querySelector('text')?.getBBox();
    if (words && (words.height > task.height || words.width > task.width)) outside.push(task.id);
  }
  return { warnings: warnings.map(String), outside, tasks: tasks.length };
}"""


def executed(record: Record, folder: Path, answers: Sequence[str]) -> list[str]:
    """Run a record's process in SpiffWorkflow; the tasks in the order in which they were done.

    Args:
        record: The SOP.
        folder: Where its file is written.
        answers: What is decided each time that the decision n3 is come to.
    """
    from SpiffWorkflow.bpmn import BpmnWorkflow
    from SpiffWorkflow.bpmn.parser import BpmnParser, BpmnValidator
    from SpiffWorkflow.util.task import TaskState

    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_file(str(written(folder, [record], data_objects=False)[0]))
    workflow = BpmnWorkflow(parser.get_spec(process_id(record)))
    left, done = list(answers), []
    workflow.do_engine_steps()
    while not workflow.completed:
        task = workflow.get_tasks(state=TaskState.READY)[0]
        done.append(f"{task.task_spec.lane}: {task.task_spec.bpmn_name}")
        if task.task_spec.bpmn_id == "n3":
            task.data["n3"] = left.pop(0)
        task.run()
        workflow.do_engine_steps()
    return done


@pytest.mark.parametrize("yes", ["ya", None])
def test_an_engine_goes_both_ways_of_a_decision_to_the_end(tmp_path: Path, yes: str | None) -> None:
    pytest.importorskip("SpiffWorkflow")
    first, second, third, last = "TU: Langkah 1", "Kabag: Langkah 2", "TU: Langkah 3", "TU: Langkah 4"
    record = decision_record(yes=yes)
    assert executed(record, tmp_path, ["ya"]) == [first, second, third, last]
    assert executed(record, tmp_path, ["tidak", "ya"]) == [first, second, third, second, third, last]


def test_the_example_in_the_documents_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("SpiffWorkflow")
    monkeypatch.chdir(PROJECT)
    page = (PROJECT / "docs" / "export.md").read_text("utf-8")
    code = next(block for block in re.findall(r"^```python\n(.*?)^```", page, re.M | re.S) if "SpiffWorkflow" in block)
    exec(compile(code, "export.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(set(lines)) + 3  # three steps once more, after the first no
    assert lines[-1] == "TU Bagian - Pendokumentasian LAKIP Kabupaten Bintan"
