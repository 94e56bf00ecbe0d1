"""The files given to Data in: what each is taken for, and that none is lost on the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from plumbline.intake.reading import Reading
from plumbline.web.imports import files as imports_files


@dataclass
class Upload:
    """What the uploader gives."""

    name: str
    text: str

    def getbuffer(self) -> bytes:
        return self.text.encode()


def test_two_files_of_one_name_are_both_there_and_only_while_they_are_read() -> None:
    with imports_files.folder([Upload("a.csv.gz", "1"), Upload("a.csv.gz", "2"), Upload("../../b.csv", "3")]) as folder:
        found = {path.name: path.read_text() for path in folder.iterdir()}
        assert folder.stat().st_mode & 0o077 == 0
    assert found == {"a.csv.gz": "1", "a (2).csv.gz": "2", "b.csv": "3"}
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("scores.csv", "patient_id,taken_at,instrument,value\n", "native"),
        ("visits.csv", "nr;pain\n1;3\n", "table"),
        ("bundle.json", '{"resourceType": "Bundle"}', "fhir"),
        ("photo.csv", "\x00\x01\x02", "refused"),
        ("data.csv", "record_id,redcap_event_name,pain\n1,baseline_arm_1,3\n", "table"),
        ("data.csv", "record_id,redcap_event_name,colour\n1,baseline_arm_1,red\n", "table"),
        ("data.csv", "record_id,redcap_data_access_group,colour\n1,north,red\n", "redcap"),
        ("dictionary.csv", "field_name,form_name,field_type\npain,visit,text\n", "description"),
    ],
)
def test_each_file_is_taken_for_what_it_is(tmp_path: Path, name: str, text: str, kind: str) -> None:
    (tmp_path / name).write_text(text)
    look = imports_files.look_at(tmp_path / name, Reading())
    assert look.kind == kind, look
    assert (look.refusal is None) == (kind != "refused")
