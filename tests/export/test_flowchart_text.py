from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from export.bpmn.bpmn_cases import decision_record, flow_record, golden_records
from in_browser import CHROMIUM
from playwright.sync_api import Dialog, sync_playwright

from pipeline.export.flowchart_text import dot_text, mermaid_text
from pipeline.model.record import Record

MERMAID = Path(__file__).parents[1] / "javascript" / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
HOSTILE = (
    '1. a"] --> n9 %% x `b` #quot; ;click n1 call alert(1) <img src=x onerror=alert(1)> \\" \\N &lt;b&gt; - *c* end ]}'
)


def hostile() -> Record:
    """A record whose words try to leave their place."""
    record = decision_record(yes=HOSTILE)
    lanes = [performer.model_copy(update={"nama": HOSTILE}) for performer in record.pelaksana]
    steps = [step.model_copy(update={"uraian": HOSTILE, "nomor": f"{step.no}."}) for step in record.kegiatan]
    header = record.header.model_copy(update={"nama_sop": HOSTILE})
    return record.model_copy(update={"pelaksana": lanes, "kegiatan": steps, "header": header})


def test_a_subgraph_for_each_performer() -> None:
    assert mermaid_text(decision_record()).splitlines() == [
        "flowchart TD",
        '  subgraph lane0["TU"]',
        '    n1(["1 Langkah 1"])',
        '    n3{"3 Langkah 3"}',
        '    n4(["4 Langkah 4"])',
        "  end",
        '  subgraph lane1["Kabag"]',
        '    n2["2 Langkah 2"]',
        "  end",
        "  n1 --> n2",
        "  n2 --> n3",
        '  n3 -->|"ya"| n4',
        '  n3 -->|"tidak"| n2',
    ]
    assert '  subgraph "cluster_1" {\n    label="Kabag"\n    "n2" [shape="box", label="2 Langkah 2"]\n  }' in dot_text(
        decision_record()
    )


ALL_KINDS = flow_record(
    "S P D d a c E", [(1, 2, None), (2, 3, None), (3, 4, "ya"), (4, 5, None), (5, 6, None), (6, 7, None)]
)


@pytest.mark.untraced
@pytest.mark.skipif(not MERMAID.exists() or not CHROMIUM, reason="no JavaScript packages: sh scripts/setup.sh test")
def test_mermaid_draws_every_word_and_takes_none_for_more() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        told: list[str] = []

        def on_dialog(dialog: Dialog) -> None:
            told.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", on_dialog)
        page.set_content("<div id=c></div>")
        page.add_script_tag(path=MERMAID)
        page.evaluate("mermaid.initialize({startOnLoad: false, securityLevel: 'loose', maxTextSize: 500000})")
        for record in [ALL_KINDS, hostile(), *golden_records()[:3]]:
            shown = page.evaluate(DRAWN, mermaid_text(record))
            assert len(shown["nodes"]) == len(record.flow.nodes)
            assert shown["edges"] == len(record.flow.edges)
            assert shown["images"] == 0
            words = squashed(" ".join(shown["nodes"]))
            assert all(squashed(step.uraian) in words for step in record.kegiatan)
        browser.close()
    assert told == []


DRAWN = """async (text) => {
  const { svg } = await mermaid.render('d', text);
  document.querySelector('#c').innerHTML = svg;
  const nodes = [...document.querySelectorAll('#c .node')].map(node => node.textContent);
  const edges = document.querySelectorAll('#c path.flowchart-link').length;
  return { nodes, edges, images: document.querySelectorAll('#c img').length };
}"""


def squashed(text: str | None) -> str:
    return "".join((text or "").split())


@pytest.mark.untraced
@pytest.mark.skipif(not shutil.which("dot"), reason="no Graphviz: sh scripts/setup.sh test")
def test_graphviz_draws_every_word_and_takes_none_for_more() -> None:
    for record in [ALL_KINDS, hostile(), *golden_records()[:3]]:
        done = subprocess.run(["dot", "-Tsvg"], input=dot_text(record).encode(), capture_output=True, check=False)
        assert (done.returncode, done.stderr.decode()) == (0, "")
        root = ET.fromstring(done.stdout)
        classes = [group.get("class") for group in root.iter("{http://www.w3.org/2000/svg}g")]
        assert classes.count("node") == len(record.flow.nodes)
        assert classes.count("edge") == len(record.flow.edges)
        words = squashed("".join(root.itertext()))
        assert all(squashed(step.uraian) in words for step in record.kegiatan if step.pelaksana)
