"""Six clinics in two time zones and fourteen surgeons, all made up, and the clock that they live by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_NEW_YORK, _BERLIN = "America/New_York", "Europe/Berlin"


@dataclass(frozen=True)
class Clinic:
    """A made-up clinic: its zone, fictional phones (555-01xx), surgeons and the questionnaires it uses."""

    clinic_id: str
    name: str
    zone: str
    phone: str
    phone_at_night: str
    emergency: str
    surgeons: tuple[str, ...]
    battery: tuple[str, ...]
    opioids: tuple[str, ...]
    paracetamol: str

    def text(self, at: datetime) -> str:
        """A local time to the minute, with its offset from UTC, as it stands in a file."""
        return at.replace(tzinfo=ZoneInfo(self.zone)).isoformat(timespec="minutes")

    def cutoff(self, until: date) -> datetime:
        """The local clock at the first second of `until`, here or in UTC: nothing is recorded from then on."""
        midnight = datetime.combine(until, time(), tzinfo=UTC)
        here = midnight.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return min(here, datetime.combine(until, time()))  # else a clinic could write on a day that isn't over


def _clinic(number: int, name: str, european: bool, surgeons: str, battery: str) -> Clinic:
    return Clinic(
        f"demo-{name.lower()}",
        f"Demo Clinic {name}",
        _BERLIN if european else _NEW_YORK,
        f"555-01{number:02d}",
        f"555-01{number + 10:02d}",
        "112" if european else "911",
        tuple(f"Dr Demo {surgeon}" for surgeon in surgeons.split()),
        tuple(battery.split()),
        ("tilidine", "tramadol", "oxycodone") if european else ("hydrocodone", "oxycodone", "tramadol"),
        "paracetamol" if european else "acetaminophen",
    )


CLINICS = (
    _clinic(1, "Harbor", False, "Ash Birch Cedar", "odi eq5d_index eq5d_vas tug"),
    _clinic(2, "Orchard", False, "Elm Fir", "odi rmdq"),
    _clinic(3, "Ridge", False, "Hazel Larch", "odi eq5d_index"),
    _clinic(4, "Heath", True, "Maple Oak Pine", "odi eq5d_index eq5d_vas tug sts5 gait_speed"),
    _clinic(5, "Lakeside", True, "Rowan Spruce", "rmdq eq5d_index"),
    _clinic(6, "Meadow", True, "Willow Yew", "rmdq"),
)
SHARES = (0.24, 0.16, 0.14, 0.2, 0.14, 0.12)


@dataclass(frozen=True)
class Planted:
    """A difference between clinics that is planted on request: pain ends so much lower at one; two others are alike."""

    clinic_id: str = "demo-harbor"
    points: float = 3.5
    day: int = 90
    visit: str = "month_3"
    alike: tuple[str, str] = ("demo-ridge", "demo-lakeside")
