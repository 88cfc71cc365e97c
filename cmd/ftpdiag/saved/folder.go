package saved

import (
	"path/filepath"
)

// Folder is where the results of this person are kept, by the customs of the
// system (runtime.GOOS): the XDG base directory specification's state folder,
// the local application data of Windows, or the Library folder of macOS.
// XDG_STATE_HOME counts everywhere. Empty: the environment does not tell.
func Folder(goos string, getenv func(string) string) string {
	// The specification has relative paths ignored.
	if base := getenv("XDG_STATE_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "ftpdiag")
	}
	under := func(variable string, rest ...string) string {
		base := getenv(variable)
		if base == "" {
			return ""
		}
		return filepath.Join(append([]string{base}, rest...)...)
	}
	switch goos {
	case "windows":
		return under("LOCALAPPDATA", "ftpdiag")
	case "darwin", "ios":
		return under("HOME", "Library", "Application Support", "ftpdiag")
	default:
		return under("HOME", ".local", "state", "ftpdiag")
	}
}
