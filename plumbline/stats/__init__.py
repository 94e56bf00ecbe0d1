"""Cohort statistics over scipy and statsmodels: frames in, frames or dictionaries out; nothing here knows a store.

Arguments that name columns take a column's name. Intervals are of 95 %. What can't be worked out is a `StatsError`,
which says why; a figure that is of nobody is None, or missing in a frame.
"""

from plumbline.stats.adjusted import adjusted_difference, adjusters, raw_difference
from plumbline.stats.balancing import balance
from plumbline.stats.control import control_chart
from plumbline.stats.errors import StatsError
from plumbline.stats.funnels import funnel
from plumbline.stats.missing import tipping_point
from plumbline.stats.proportions import difference_of_shares, holm, mean_interval, wilson
from plumbline.stats.responding import Response, responders, responses, tally
from plumbline.stats.survival import cumulative_incidence, day_reached, log_rank, person_time_rate

__all__ = [
    "Response",
    "StatsError",
    "adjusted_difference",
    "adjusters",
    "balance",
    "control_chart",
    "cumulative_incidence",
    "day_reached",
    "difference_of_shares",
    "funnel",
    "holm",
    "log_rank",
    "mean_interval",
    "person_time_rate",
    "raw_difference",
    "responders",
    "responses",
    "tally",
    "tipping_point",
    "wilson",
]
