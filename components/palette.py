"""The colours of the charts, by what they stand for: afcharts' palette, the same as in the theme."""

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"

INK = "#1B2733"
QUIET = "#4A5968"
RULE = "#C9D3DD"
BAND = "#EEF2F6"
WHITE = "#FFFFFF"
