"""What is done beyond one paragraph while the user types: new ones, joining, going on in the next, the way back."""

from __future__ import annotations

from collections.abc import Callable

from tui.workbench.bench import Bench
from tui.workbench.changes import Touched


class BenchWriter:
    """A `Writer` on the workbench. Each call leaves the cursor where the user goes on typing."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def finish(self) -> None:
        """Close the field; a paragraph in which nothing was written is taken away."""
        model, block_id, above = self._bench.model, self._bench.text.editing, self._beside(-1)
        self._bench.text.finish()
        block = model.dossier.block(block_id) if block_id else None
        if block is not None and block.origin is None and not block.text.strip() and not block.discussion:
            await self._bench.change(lambda: model.remove(block))
            if above is not None:
                self._bench.text.choose(above)

    async def new_paragraph(self, at: int) -> None:
        """Go on in a new paragraph, with what stands behind the cursor."""
        await self._do(lambda block_id: self._bench.model.break_at(block_id, at))

    async def split_sentence(self, at: int) -> None:
        """Cut where the sentence at the cursor begins."""
        await self._do(lambda block_id: self._bench.model.split_sentence(block_id, at))

    async def join(self, step: int) -> None:
        """Join with the next paragraph or the one before."""
        beside = self._beside(step)
        if beside is not None:
            await self._do(lambda block_id: self._bench.model.join(beside if step < 0 else block_id))

    async def paste(self, paragraphs: tuple[str, ...], start: int, end: int) -> None:
        """Put several paragraphs in."""
        await self._do(lambda block_id: self._bench.model.paste(block_id, paragraphs, start, end))

    async def step_back(self, forward: bool) -> None:
        """Undo or redo a step, and go on typing where it was."""
        from tui.workbench.actions.answers import step_back

        self._bench.text.finish()
        await step_back(self._bench, forward)
        await self._go_on()

    async def cross(self, step: int, column: int | None) -> bool:
        """Go on in the next paragraph or the one before."""
        beside = self._beside(step)
        if beside is None:
            return False
        text = self._bench.text
        await text.edit(beside, None if step < 0 else 0)
        if column is not None:
            view = text.view(beside)
            if view is not None and view.area is not None:
                view.area.once_laid_out(view.area.put_cursor_on_edge, step < 0, column)
        return True

    def _beside(self, step: int) -> str | None:
        ids = [block.id for block in self._bench.text.blocks]
        here = self._bench.text.editing
        at = ids.index(here) + step if here in ids else -1
        return ids[at] if 0 <= at < len(ids) else None

    async def _do(self, change: Callable[[str], Touched]) -> None:
        """Change the dossier with what was typed kept first, and go on typing where the model has the cursor."""
        block_id = self._bench.text.editing
        if block_id is None:
            return
        self._bench.text.finish()
        if not await self._bench.change(lambda: change(block_id)):
            self._bench.model.choose(block_id)
        await self._go_on()

    async def _go_on(self) -> None:
        model = self._bench.model
        if model.block is not None and not model.read_only:
            await self._bench.text.edit(model.block.id, model.cursor)
