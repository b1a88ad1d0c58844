"""The least PySide6 program there is, frozen as the program is: what a start costs that does nothing else."""

import sys

from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow

app = QApplication(sys.argv[:1])
window = QMainWindow()
window.setWindowTitle("bare")
window.setCentralWidget(QLineEdit())
window.resize(1366, 768)
window.show()
sys.exit(app.exec())
