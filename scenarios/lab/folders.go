//go:build linux

package lab

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Folders below the public one, for World.Folder. All but the empty one hold publicFile.
const (
	emptyFolder      = "empty"
	forbiddenFolder  = "forbidden"  // cannot be entered
	unreadableFolder = "unreadable" // can be entered and not listed
	// largeFolder's listing, some 30 kB, is longer than the first flight of a TCP connection (10 segments, RFC 6928).
	largeFolder = "large"
	hugeFolder  = "huge"
)

// How many files the folders hold, beside publicFile.
const (
	largeFiles = 400
	hugeFiles  = 50_000
)

// addFolders makes the folders. The servers list them as the user ftp.
func addFolders() error {
	for _, folder := range []struct {
		name  string
		files int
		mode  fs.FileMode
	}{
		{emptyFolder, -1, 0o755}, {forbiddenFolder, 0, 0o700}, {unreadableFolder, 0, 0o711}, {largeFolder, largeFiles, 0o755},
		{hugeFolder, hugeFiles, 0o755},
	} {
		path := filepath.Join(publicFolder, folder.name)
		if err := os.Mkdir(path, 0o755); err != nil {
			return err
		}
		for i := range folder.files + 1 {
			name := publicFile
			if i > 0 {
				name = fmt.Sprintf("file-%05d", i)
			}
			if err := os.WriteFile(filepath.Join(path, name), nil, 0o644); err != nil {
				return err
			}
		}
		if err := os.Chmod(path, folder.mode); err != nil {
			return err
		}
	}
	return nil
}
