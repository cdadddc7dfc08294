"""Emits the panels within the pages of rows."""

from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emitted import Emission
from stackwright_react_frontend.views.binding import Binding
from stackwright_react_frontend.views.entries import entry_name, entry_view, has_entry
from stackwright_react_frontend.views.panels import panel_view


def emit_panel(application: Application, emission: Emission, binding: Binding) -> None:
    """Emit a panel and what is entered in it, once, whatever number of pages shows it."""
    module = binding.module(application)
    if emission.has(module):
        return
    feature = binding.page.feature if binding.page else binding.model.feature
    emission.add("Panel.tsx", module, panel_view(application, binding), feature)
    emission.component(binding.component)
    entry = f"{module.rpartition('/')[0]}/{entry_name(binding.model)}.tsx"
    if has_entry(application, binding) and not emission.has(entry):
        emission.add("Entry.tsx", entry, entry_view(application, binding), feature)
