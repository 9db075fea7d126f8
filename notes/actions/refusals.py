"""Why something cannot be done with notes. Each reads as a sentence that says what to do next."""

from django.utils.translation import gettext as _

from notes.formats.brought.passages import Why
from notes.models.drafts import Note


class Refused(Exception):
    """The message is for the person who asked."""


class NotesAreClosed(Refused):
    def __init__(self) -> None:
        super().__init__(_("These notes have been circulated and can no longer be changed here."))


class NothingIsNotedHere(Refused):
    def __init__(self) -> None:
        super().__init__(_("This part of the meeting is confidential: nothing is noted. Choose another part."))


class AskedNotToBeNoted(Refused):
    def __init__(self) -> None:
        super().__init__(_("This person asked that their comments are not noted. Please leave the point out."))


class HasHiddenMarks(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("The text holds invisible marks that turn the direction of reading round. Type it again without them.")
        )


class NothingWritten(Refused):
    def __init__(self) -> None:
        super().__init__(_("There is no text yet. Write the point, or delete the item."))


class UnknownContributor(Refused):
    def __init__(self) -> None:
        super().__init__(_("We do not know this contributor. Choose somebody who is registered or speaks."))


class SomebodyElseWrote(Refused):
    """Two note-takers at one item: `note` is as the other left it, `text` what was to be written over it."""

    def __init__(self, note: Note, text: str) -> None:
        super().__init__(
            _("Somebody else changed this item while you wrote. Both texts are below: keep what is right.")
        )
        self.note = note
        self.text = text


class YouAskedNotToBeNoted(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("You asked that your comments are not noted. Take that back first, if you have something to add.")
        )


class PointsAreClosed(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("Points can be added while the notes are being written, from the start of the meeting on. Not now.")
        )


class ItemIsGone(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("Somebody struck this item out while you wrote. Your text is still here: note it again, or leave it.")
        )


class NobodyToAsk(Refused):
    def __init__(self) -> None:
        super().__init__(_("Nobody is waiting to be asked: no item has a contributor who has not been asked yet."))


class SomethingIsOpen(Refused):
    def __init__(self) -> None:
        super().__init__(_("Something is still open. Resolve what is listed, then make the edition."))


class NotesHaveChanged(Refused):
    def __init__(self) -> None:
        super().__init__(_("The notes have changed since you looked. Look again, then make the edition."))


class NothingToCirculate(Refused):
    def __init__(self) -> None:
        super().__init__(_("There is no edition that waits to be circulated. Make one first."))


class AlreadyDecided(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("Somebody else has decided about this suggestion in the meantime. It is shown as it is now.")
        )


class PointHasGone(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("This point is not in the notes any more as it was read, so there is nothing to put right. Say so below.")
        )


class NewWordsGiveAway(Refused):
    def __init__(self) -> None:
        super().__init__(_("The new words give somebody away. Write others: what is marked has to go."))


class NobodyHasLooked(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("Something is marked in the new words. Say that it is nobody who was there, or write others.")
        )


class NothingIsPublished(Refused):
    def __init__(self) -> None:
        super().__init__(_("This network publishes no write-ups. An organiser can change that in its settings."))


class NotesAreNotOut(Refused):
    def __init__(self) -> None:
        super().__init__(_("A write-up is made from notes that are out and whose drafts are still there."))


class NothingToPublish(Refused):
    def __init__(self) -> None:
        super().__init__(_("Tick at least one point. Only points whose contributors agreed to it can be published."))


class NotSure(Refused):
    def __init__(self) -> None:
        super().__init__(_("Nothing was withdrawn: tick the box to say that you are sure, then press again."))


class NothingToWithdraw(Refused):
    def __init__(self) -> None:
        super().__init__(_("There are no notes out that could be withdrawn."))


class SomebodyElseApproves(Refused):
    def __init__(self) -> None:
        super().__init__(_("You made this edition. Somebody else who runs the network has to approve it."))


class NobodyElseHasLooked(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("A second person has to look first. Ask another organiser, or a note-taker, to approve the edition.")
        )


class TextHasChanged(Refused):
    def __init__(self) -> None:
        super().__init__(_("This text has changed in the meantime. Please look again."))


class ReasonIsMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_("Say in a few words why this is all right, so that others can follow."))


class OnlyAnOrganiserMay(Refused):
    def __init__(self) -> None:
        super().__init__(_("This item is confidential. Ask an organiser if it should be noted after all."))


class OnlyTheContributorMay(Refused):
    def __init__(self) -> None:
        super().__init__(_("This item is left out by its contributor, and cannot be given to somebody else."))


class AnOrganiserDecides(Refused):
    def __init__(self) -> None:
        super().__init__(_("This gives somebody away. Change the words, or ask an organiser whether it may stand."))


class ContributorsAreChoosing(Refused):
    def __init__(self) -> None:
        super().__init__(_("Contributors may still choose. Wait until all have answered, or the deadline is over."))


class OnlyLowerNow(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("These notes have been circulated. Here you can be shown less; to be shown more, write to an organiser.")
        )


class NobodyToRemind(Refused):
    def __init__(self) -> None:
        super().__init__(_("Nobody is left to remind: all have answered, or have had their one reminder."))


class TooLong(Refused):
    def __init__(self) -> None:
        super().__init__(_("Your words are too long for one point. Shorten them to 5,000 characters."))


class AnswerIsTooLong(Refused):
    def __init__(self) -> None:
        super().__init__(_("Your answer is too long. Shorten it to 2,000 characters."))


class OtherWordsHaveChanged(Refused):
    def __init__(self) -> None:
        super().__init__(_("The words that were suggested have changed since you looked. Read them again first."))


class NobodysPoint(Refused):
    def __init__(self) -> None:
        super().__init__(_("This point has no contributor who could agree to anything. Say first whose it is."))


class NothingIsShownOfIt(Refused):
    def __init__(self) -> None:
        super().__init__(_("This point is kept out of the notes, so there is nothing to agree to."))


class TheyChoseThemselves(Refused):
    def __init__(self) -> None:
        super().__init__(_("The contributor has answered on their own page. What they said there stands."))


class RemarkIsMissing(Refused):
    def __init__(self) -> None:
        super().__init__(_("Say in a few words when and how they agreed. The contributor reads it on their own page."))


class AlreadyNoted(Refused):
    def __init__(self) -> None:
        super().__init__(_("These words are in the notes already. Leave them out here, or say them differently."))


class CannotBeRead(Refused):
    """A file that gives no notes."""

    def __init__(self, why: Why) -> None:
        super().__init__(
            {
                Why.EMPTY: _("There are no notes in this file. See whether it is the right one."),
                Why.TOO_LARGE: _(
                    "This file is larger than the 10 MB we read. Take its pictures out, or save it as Markdown, and "
                    "try again."
                ),
                Why.TOO_LONG: _(
                    "This file has more than 400 points, or one that goes on for pages. Split it and bring it in piece "
                    "by piece."
                ),
                Why.BROKEN: _(
                    "This file is damaged or locked. Open it in your word processor, save it as .docx without a "
                    "password, and try again."
                ),
                Why.MACROS: _(
                    "This document carries macros, which we do not let in. Save it as .docx without, and try again."
                ),
                Why.OLD_WORD: _(
                    "This is a document of an older Word, or one with a password. Save it as .docx without a password, "
                    "and try again."
                ),
                Why.OTHER_KIND: _(
                    "We cannot read this kind of file. Save your notes as Word (.docx), web page (.html) or Markdown "
                    "(.md), and try again."
                ),
            }[why]
        )
