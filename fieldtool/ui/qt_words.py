"""Qt's own buttons in the program's language: Qt ships no Vietnamese catalogue (reference/ui.md 0.7)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

from fieldtool.wording.catalogue import Wording

# Source texts of Qt's standard buttons and file dialog, and the code of each in our catalogue.
TEXTS = {
    "OK": "qt.ok",
    "&OK": "qt.ok",
    "Cancel": "qt.cancel",
    "&Cancel": "qt.cancel",
    "Save": "qt.save",
    "&Save": "qt.save",
    "Save All": "qt.save_all",
    "Open": "qt.open",
    "&Open": "qt.open",
    "Close": "qt.close",
    "&Close": "qt.close",
    "&Yes": "qt.yes",
    "Yes": "qt.yes",
    "&No": "qt.no",
    "No": "qt.no",
    "Apply": "qt.apply",
    "Reset": "qt.reset",
    "Discard": "qt.discard",
    "Help": "qt.help",
    "Retry": "qt.retry",
    "Abort": "qt.abort",
    "Ignore": "qt.ignore",
    "Restore Defaults": "qt.defaults",
    "Show Details...": "qt.show_details",
    "Hide Details...": "qt.hide_details",
    "&Choose": "qt.choose",
    "Look in:": "qt.look_in",
    "File &name:": "qt.file_name",
    "Files of type:": "qt.files_of_type",
    "Directory:": "qt.directory",
    "Back": "qt.back",
    "Forward": "qt.forward",
    "Parent Directory": "qt.parent",
    "Create New Folder": "qt.new_folder",
    "List View": "qt.list_view",
    "Detail View": "qt.detail_view",
    "Name": "qt.name",
    "Size": "qt.size",
    "Type": "qt.type",
    "Date Modified": "qt.date_modified",
    "Find Directory": "qt.find_directory",
    "All Files (*)": "qt.all_files",
    "&Undo": "qt.undo",
    "&Redo": "qt.redo",
    "Cu&t": "qt.cut",
    "&Copy": "qt.copy",
    "&Paste": "qt.paste",
    "Delete": "qt.delete",
    "Select All": "qt.select_all",
    "&Look in:": "qt.look_in",
    "Files of &type:": "qt.files_of_type",
    "&Delete": "qt.delete",
    "&Rename": "qt.rename",
    "&New Folder": "qt.new_folder",
    "Create a New Folder": "qt.new_folder",
    "Show &hidden files": "qt.hidden_files",
    "Go back": "qt.back",
    "Go forward": "qt.forward",
    "Go to the parent directory": "qt.parent",
    "Change to list view mode": "qt.list_view",
    "Change to detail view mode": "qt.detail_view",
    "Computer": "qt.computer",
    "Drive": "qt.drive",
    "Folder": "qt.folder",
    "Copy &Link Location": "qt.copy_link",
}


class QtWords(QTranslator):
    """Answers Qt's questions for its standard texts from our catalogue, and leaves it all others."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = {source: wording.say(code) for source, code in TEXTS.items()}

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The text for a source of Qt's; None lets Qt keep its own, which "" would blank."""
        return self._texts.get(source)

    def isEmpty(self) -> bool:
        """Never: an empty translator would not be asked."""
        return False
