"""Growth: a hundred thousand rows through `assess_growth`, and the z-scores alone beside PyPI's pygrowup2."""

import io
import os
import random
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.clinical.growth import GrowthResult, assess
from tests.benchmarks.measuring import measure

ROWS = 100_000
SCORED = 2_000
HEADING = "case_id,sex,age_days,weight_kg,lenhei_cm,measure,oedema,headc_cm,muac_cm\n"
MANAGE = Path(__file__).resolve().parents[2] / "manage.py"

Child = tuple[str, int, float, float, float, float]


def run(*, quick: bool = False) -> list[dict[str, Any]]:
    """Rows for the table of benchmarks."""
    sample = children(SCORED)
    # pygrowup2 refuses newborns on day 0 and has no upper arm below 91 days: both get the rows both can do.
    ours = measure("growth_z_ours_2000", lambda: [score(child) for child in sample], quick=quick)
    theirs = measure("growth_z_pygrowup2_2000", lambda: [peer(child) for child in sample], repeat=5, quick=quick)
    times = theirs["median_ms"] / ours["median_ms"]
    ours["note"] = f"{SCORED / ours['median_ms'] * 1000:,.0f} children/s, {times:.0f} x pygrowup2"
    theirs["note"] = f"{SCORED / theirs['median_ms'] * 1000:,.0f} children/s"
    return [ours, theirs, command(ROWS // 10 if quick else ROWS)]


def children(number: int, seed: int = 6) -> list[Child]:
    """Invented but possible under-fives: sex, age in days, kg, cm, head cm, upper arm cm."""
    pick = random.Random(seed)
    found = []
    for _ in range(number):
        days = pick.randint(91, 1826)
        tall = 50 + 60 * (days / 1826) ** 0.6 + pick.uniform(-6, 6)
        weight = 3.5 + 14 * (days / 1826) ** 0.7 + pick.uniform(-2.0, 3.0)
        arm, head = pick.uniform(12, 18), pick.uniform(38, 51)
        found.append((pick.choice("LP"), days, round(weight, 1), round(tall, 1), round(head, 1), round(arm, 1)))
    return found


def score(child: Child) -> GrowthResult:
    sex, days, weight, length, head, arm = child
    return assess(sex=sex, age_days=days, weight_kg=weight, length_cm=length, head_cm=head, muac_cm=arm)  # type: ignore[arg-type]


def peer(child: Child) -> list[Decimal | None]:
    """The same six indices by pygrowup2; a value outside its tables costs it as little as it costs us."""
    from pygrowup import Observation, exceptions

    sex, days, weight, length, head, arm = child
    observation = Observation("male" if sex == "L" else "female", age_in_days=days)
    bmi = Decimal(str(round(weight / (length / 100) ** 2, 4)))
    kilograms, centimetres = Decimal(str(weight)), Decimal(str(length))
    by_length = observation.wfl if days < 731 else observation.wfh
    scores: list[Decimal | None] = []
    for call, values in (
        (observation.wfa, (kilograms,)),
        (observation.lhfa, (centimetres,)),
        (by_length, (kilograms, centimetres)),
        (observation.bmifa, (bmi,)),
        (observation.hcfa, (Decimal(str(head)),)),
        (observation.acfa, (Decimal(str(arm)),)),
    ):
        try:
            scores.append(call(*values))
        except exceptions.PyGrowUpException:
            scores.append(None)
    return scores


def command(rows: int) -> dict[str, Any]:
    """The whole command in a process of its own, start of Django included; memory is that process's largest."""
    text = io.StringIO()
    text.write(HEADING)
    for number, (sex, days, *sizes) in enumerate(children(rows)):
        weight, length, head, arm = sizes
        text.write(f"C{number},{sex},{days},{weight},{length},H,n,{head},{arm}\n")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        source.write_text(text.getvalue(), encoding="ascii")
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, str(MANAGE), "assess_growth", str(source), str(target)],
            stderr=subprocess.DEVNULL,
            env=dict(os.environ),
        )
        peak = watched_peak_mb(process)
        seconds = time.perf_counter() - start
        if process.returncode:
            raise RuntimeError("assess_growth failed")
        size = target.stat().st_size
    return {
        "name": f"assess_growth_{rows}",
        "median_ms": round(seconds * 1000, 1),
        "p95_ms": round(seconds * 1000, 1),
        "queries": 0,
        "bytes": size,
        "peak_mb": peak,
        "note": f"{rows / seconds:,.0f} rows/s, start included; peak is the process's",
    }


def watched_peak_mb(process: subprocess.Popen[bytes]) -> float | None:
    """Largest resident memory until the process ends. Not rusage: that would count this process's own from the fork."""
    peak = None
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            status = ""
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                peak = round(int(line.split()[1]) * 1024 / 1e6, 1)
        time.sleep(0.02)
    return peak
