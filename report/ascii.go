package report

import "fmt"

// asciiForm writes one character with ASCII: as itself if it is, else as the
// escape that ftp.Clean uses for what cannot be shown.
func asciiForm(r rune) string {
	switch {
	case r < 0x80:
		return string(r)
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	default:
		return fmt.Sprintf(`\U%08x`, r)
	}
}
