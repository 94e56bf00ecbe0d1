"""Patient: is this recovery on course, why, and what to read next."""

import streamlit as st

from plumbline.web import on_record, signed
from plumbline.web.patient import chart as patient_chart
from plumbline.web.patient import compare as patient_compare
from plumbline.web.patient import entry as patient_entry
from plumbline.web.patient import flags as patient_flags
from plumbline.web.patient import goals as patient_goals
from plumbline.web.patient import history as patient_history
from plumbline.web.patient import letter as patient_letter
from plumbline.web.patient import notes as patient_notes
from plumbline.web.patient import share as patient_share
from plumbline.web.patient import step as patient_step
from plumbline.web.patient import view as patient_view
from plumbline.web.ui import footer, page

ctx = page("Patient", "view_patient")
key = patient_view.key_asked()
course = patient_view.course_of(ctx, key)
if key is None or course is None:
    footer(ctx)
    st.stop()

on_record.looked(ctx, "patient_viewed", ("episode", key), clinic_id=course["clinic_id"])
episode_id = course["episode_id"]
status = patient_view.status_of(ctx, episode_id)
patient_view.identity(ctx, course)

answer, stack = st.columns([1, 3.1], gap="medium")
with stack:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        choice = patient_chart.switches(course, status, ctx.as_of)
        patient_notes.sources(status)
    marks = patient_chart.marks(ctx, status, choice.preset)
    compared = patient_compare.pair(ctx, episode_id, marks.rows)
    pins = patient_compare.pins(compared, marks.rows)
    if choice.by_steps:
        pins = (patient_step.choose(ctx, episode_id, marks.rows), None)
    picked = None
    if choice.as_table:
        patient_chart.table(marks.rows)
    else:
        picked = patient_chart.chart(ctx, course, marks, choice, pins)

with answer:
    patient_view.answer(status, course)
    signed.of_course(ctx, episode_id)
    if picked:  # what was just asked for comes first
        patient_notes.latest(ctx, episode_id, picked)
    patient_flags.block(ctx, status["patient_id"], episode_id)
    with st.container(horizontal=True, gap="small", key="actions"):
        patient_entry.buttons(ctx, course)
        patient_history.button(course)
        patient_share.button(ctx, course)
        patient_letter.buttons(ctx, key, episode_id)
    patient_entry.saved_line(ctx, course)
    patient_compare.controls(ctx, compared)
    patient_goals.goals(ctx, course)
    if not picked:
        patient_notes.latest(ctx, episode_id, None)

patient_compare.side_by_side(ctx, compared)
patient_notes.notes(ctx, episode_id, picked)
footer(ctx)
