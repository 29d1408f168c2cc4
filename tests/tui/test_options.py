from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tui.widgets.options import Options


class Hidden(App[None]):
    def compose(self) -> ComposeResult:
        yield Options("een", "twee", "drie")


@pytest.mark.parametrize(("key", "at"), [("page_down", 2), ("page_up", 0)])
async def test_a_page_in_a_list_that_is_not_laid_out_is_a_step(key: str, at: int) -> None:
    app = Hidden()
    async with app.run_test() as pilot:
        options = app.query_one(Options)
        options.highlighted = 1
        options.display = False
        await pilot.pause()
        options.set_options(["een", "twee", "drie"])
        options.highlighted = 1
        getattr(options, f"action_{key}")()
        assert options.highlighted == at
