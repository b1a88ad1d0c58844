"""The weights of matching on the settings page: those in use, what officers' verdicts teach, taken or taken back."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout

from fieldtool.ui.look import label
from fieldtool.ui.office import Office
from fieldtool.usecases.learn_weights import (
    ModelView,
    Proposal,
    accept_model,
    propose_model,
    show_model,
    withdraw_model,
)

_SHOWN = 0.05  # bits; smaller changes are not told
_MOST = 6


class ModelCard(QFrame):
    """Nothing changes before it was shown: "learn" only proposes, "use it" takes what stands on the card."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("card")
        self._office = office
        self._proposal: Proposal | None = None
        self.here = label("", "muted", wrap=True)
        self.told = label("", wrap=True)
        self.learn = office.button("model.learn", "search", self.propose)
        self.use = office.button("model.use", "check", self.accept)
        self.back = office.button("model.back", "arrow-back-up", self.withdraw)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.addWidget(label(office.say("model.title"), "heading"), 0, 0)
        grid.addWidget(self.here, 0, 1, 1, 3)
        grid.addWidget(self.learn, 1, 0)
        grid.addWidget(self.use, 1, 1)
        grid.addWidget(self.back, 1, 2)
        grid.addWidget(self.told, 2, 0, 1, 4)
        grid.setColumnStretch(3, 1)
        self.told.hide()
        self._fit(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is in use when the page is looked at."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the weights in use, off the window's thread."""
        home = self._office.home
        self._office.worker.submit(lambda progress: show_model(home), self._show, self._office.news.failed.emit)

    def _show(self, view: ModelView) -> None:
        say = self._office.say
        source = "cli.model.divided" if view.divided else "cli.model.learned" if view.learned else "cli.model.shipped"
        counts = {"same": view.same, "apart": view.apart, "needed": view.needed, "each": view.needed_each}
        self.here.setText(f"{say(source, digest=view.digest)} {say('cli.model.verdicts', **counts)}")
        self.back.setEnabled(view.learned is not None or view.divided)

    def _fit(self, proposal: Proposal | None) -> None:
        self._proposal = proposal
        self.use.setEnabled(proposal is not None)

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))
        self._office.news.said.emit(text.split("\n")[0])

    def propose(self) -> None:
        """Learn, and show what would change; nothing is used yet."""
        home = self._office.home
        self._office.worker.submit(lambda progress: propose_model(home), self._proposed, self._office.news.failed.emit)

    def _proposed(self, proposal: Proposal) -> None:
        learned, say = proposal.learned, self._office.say
        values = {"before": f"{learned.before:.3f}", "after": f"{learned.after:.3f}", "verdicts": learned.verdicts}
        lines = [say("cli.model.proposed", **values)]
        changes = [
            (abs(bits - proposal.before[name][level]), name, level, proposal.before[name][level], bits)
            for name, levels in proposal.after.items()
            for level, bits in levels.items()
        ]
        large = sorted((change for change in changes if change[0] >= _SHOWN), reverse=True)
        lines += [f"{name}.{level}: {was:+.2f} → {bits:+.2f}" for _, name, level, was, bits in large[:_MOST]]
        if len(large) > _MOST:
            lines.append(f"… +{len(large) - _MOST}")
        self._fit(proposal)
        self._tell("\n".join(lines))

    def accept(self) -> None:
        """Use what is shown."""
        home, proposal = self._office.home, self._proposal
        if proposal is None:
            return
        digest = proposal.digest
        self._fit(None)
        self._office.do(lambda progress: accept_model(home, digest), lambda _event: self._done("cli.model.accepted"))

    def withdraw(self) -> None:
        """Go back to the shipped weights."""
        home = self._office.home
        self._fit(None)
        self._office.do(lambda progress: withdraw_model(home), lambda _event: self._done("cli.model.withdrawn"))

    def _done(self, code: str) -> None:
        self._tell(self._office.say(code))
        self.refresh()
