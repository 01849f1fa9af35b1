"""The campaign file in the docs has every key that there is, and is one."""

import re
from pathlib import Path

from app.cli.campaign_file import EXAMPLES, CampaignFile, read_file
from app.program_file import example_program, read_program

DOCUMENT = Path(__file__).parents[2] / "docs" / "campaigns.md"


def test_the_file_in_the_docs_has_every_key_and_can_be_read(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    (written,) = (block for block in blocks if "[texts]" in block)
    file = tmp_path / "spring.toml"
    file.write_text(written, encoding="utf-8")
    plan = read_file(file, read_program(example_program()))
    assert (plan.name, plan.senders, plan.leaves_out) == ("Spring", ("+3197010200001",), {"first_name"})
    assert plan.audience is not None
    assert plan.audience.tags == {"vip"}
    named = set(re.findall(r"^\[?(\w+)(?:\]| =)", written, re.MULTILINE)) - {"nl", "en"}
    assert named == set(CampaignFile.model_fields) == set(EXAMPLES)
