package term

import "strconv"

// The limits of the report's width in columns. Below 40 its tables fall apart;
// above 99 lines are hard to read and the picture gains nothing. 79 is an
// 80-column window less one, also for files and pipes, which do not follow
// whatever window happened to be open.
const (
	MinWidth     = 40
	MaxWidth     = 99
	DefaultWidth = 79
)

// pickWidth is the rule for the width: what the person said, else the window
// less one column, else COLUMNS, else 79; always 40 to 99.
//
// The last column stays free because the classic Windows console moves to the
// next row as soon as its last cell is written, which makes two lines of every
// full one (DISABLE_NEWLINE_AUTO_RETURN in Microsoft's console documentation).
func pickWidth(flag, window int, env Env) int {
	width := DefaultWidth
	if n, err := strconv.Atoi(env("COLUMNS")); err == nil && n > 0 {
		width = n
	}
	if window > 1 {
		width = window - 1
	}
	if flag > 0 {
		width = flag
	}
	return clampWidth(width)
}

func clampWidth(width int) int { return min(max(width, MinWidth), MaxWidth) }
