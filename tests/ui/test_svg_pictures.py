"""A picture that was written by hand becomes a bitmap."""

import pytest

from app.ui.pictures import svg_to_png

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">'
    '<rect x="0" y="0" width="20" height="20" fill="#ff0000"/></svg>'
)


def test_a_picture_is_drawn_at_its_scale_without_a_ground(qapp, tmp_path):
    from PySide6.QtGui import QImage

    path = tmp_path / "square.png"
    assert svg_to_png(SQUARE, path, 3.0)
    image = QImage(str(path))
    assert (image.width(), image.height()) == (120, 60)
    assert image.pixelColor(10, 10).name() == "#ff0000"
    assert image.pixelColor(100, 10).alpha() == 0


@pytest.mark.parametrize("svg", ["", "<svg", "words"])
def test_what_is_no_picture_is_not_written(qapp, tmp_path, svg):
    assert not svg_to_png(svg, tmp_path / "none.png")
    assert not (tmp_path / "none.png").exists()
