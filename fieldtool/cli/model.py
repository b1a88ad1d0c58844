"""Commands on the weights of matching: model show, refit, accept, withdraw."""

from __future__ import annotations

import click

from fieldtool.cli.session import Session, command, plain
from fieldtool.usecases.learn_weights import accept_model, propose_model, show_model, withdraw_model


@click.group("model")
def model() -> None:
    """Trọng số ghép giấy tờ học từ quyết định của cán bộ / weights learned from officers' verdicts."""


@model.command("show")
@command
def show(session: Session) -> None:
    """Trọng số đang dùng và số quyết định đã có / the weights in use and the verdicts there are."""
    with session.opened() as opened:
        view = show_model(opened.home)
    source = "cli.model.divided" if view.divided else "cli.model.learned" if view.learned else "cli.model.shipped"
    session.say(source, digest=view.digest)
    session.say("cli.model.verdicts", same=view.same, apart=view.apart, needed=view.needed, each=view.needed_each)
    session.result(plain(view))


@model.command("refit")
@command
def refit(session: Session) -> None:
    """Học từ các quyết định, chỉ cho xem, chưa dùng / learn from the verdicts; shows, changes nothing."""
    with session.opened() as opened:
        proposal = propose_model(opened.home)
    for comparison, levels in proposal.after.items():
        for level, bits in levels.items():
            was = proposal.before[comparison][level]
            if abs(bits - was) >= 0.05:
                session.line(f"{comparison}.{level}: {was:+.2f} -> {bits:+.2f}")
    learned = proposal.learned
    values = {"before": f"{learned.before:.3f}", "after": f"{learned.after:.3f}", "verdicts": learned.verdicts}
    session.say("cli.model.proposed", **values)
    session.say("cli.model.accept", digest=proposal.digest)
    session.result(plain(proposal))


@model.command("accept")
@click.argument("digest")
@command
def accept(session: Session, digest: str) -> None:
    """Dùng trọng số vừa xem / use what refit showed under this digest."""
    with session.opened() as opened:
        event = accept_model(opened.home, digest)
    session.say("cli.model.accepted")
    session.result({"event": event, "digest": digest})


@model.command("withdraw")
@command
def withdraw(session: Session) -> None:
    """Trở lại trọng số kèm theo chương trình / go back to the shipped weights."""
    with session.opened() as opened:
        event = withdraw_model(opened.home)
    session.say("cli.model.withdrawn")
    session.result({"event": event})


COMMANDS = (model,)
