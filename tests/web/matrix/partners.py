"""A partnership’s list of partners, its coordinators’ alone."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows, another_contact, contact, organisation, organisations, partnership

ROWS: Rows = {
    ("GET", "partners.show"): Row(partnership),
    ("GET", "partners.new_organisation"): Row(partnership),
    ("POST", "partners.add_organisation"): Row(partnership, 422),
    ("GET", "partners.show_organisation"): Row(organisation),
    ("POST", "partners.change_organisation"): Row(organisation, 422),
    ("GET", "partners.ask_remove_organisation"): Row(organisation),
    ("POST", "partners.remove_organisation"): Row(organisation, 409),
    ("GET", "partners.choose_merge"): Row(organisation),
    ("GET", "partners.ask_merge"): Row(organisations),
    ("POST", "partners.merge"): Row(organisations, 409),
    ("GET", "partners.new_person"): Row(partnership),
    ("POST", "partners.add_person"): Row(partnership, 422),
    ("GET", "partners.show_person"): Row(contact),
    ("POST", "partners.change_person"): Row(contact, 422),
    ("GET", "partners.ask_remove_person"): Row(contact),
    ("POST", "partners.remove_person"): Row(another_contact, 302),
}
