"""The bill of materials: what is in a bundle, as CycloneDX 1.6 in JSON."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from release.parts import Part
from release.work import NAME as PACKAGES, PROGRAM, Work

NAME = "sbom.cdx.json"


def write_bill(work: Work, parts: Iterable[Part], target: Path) -> Path:
    """Write the bill of a bundle for one system."""
    bill = bill_of(parts, version=work.version, system=work.system, source_date=work.source_date)
    text = json.dumps(bill, ensure_ascii=False, indent=1, sort_keys=True)
    target.write_text(text + "\n", encoding="utf-8", newline="\n")
    return target


def copy_bill(work: Work, source: Path) -> Path:
    """Lay the bill of a bundle beside the packages, named as they are."""
    target = work.packages / f"{PACKAGES}-{work.version}-{work.system}.{NAME.split('.', 1)[1]}"
    target.write_bytes(source.read_bytes())
    return target


def bill_of(
    parts: Iterable[Part], *, version: str, system: str, source_date: int
) -> dict[str, object]:
    """The bill as JSON values; the same parts at the same date give the same bill."""
    components = [_component(part) for part in sorted(parts, key=lambda part: part.name.lower())]
    content = json.dumps([version, system, components], sort_keys=True).encode()
    program = Part(name="Nîşan", version=version, licence="Apache-2.0", kind="application")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "serialNumber": f"urn:uuid:{uuid.UUID(hashlib.sha256(content).hexdigest()[:32])}",
        "metadata": {
            "timestamp": datetime.fromtimestamp(source_date, UTC).isoformat(),
            "component": {**_component(program), "bom-ref": PROGRAM},
            "properties": [{"name": "nishan:system", "value": system}],
        },
        "components": components,
        "dependencies": [
            {"ref": PROGRAM, "dependsOn": [component["bom-ref"] for component in components]}
        ],
    }


def _component(part: Part, *, within: str = "") -> dict[str, object]:
    reference = f"{within}{part.name}@{part.version}"
    component: dict[str, object] = {
        "type": part.kind,
        "bom-ref": reference,
        "name": part.name,
        "version": part.version,
    }
    if part.licence:
        stated: dict[str, object] = {"license": {"name": part.licence}}
        component["licenses"] = [{"expression": part.licence} if part.is_spdx else stated]
    if part.address:
        component["purl"] = part.address
    if part.holds:
        component["components"] = [_component(one, within=f"{reference}/") for one in part.holds]
    return component
