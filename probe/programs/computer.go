package programs

import (
	"io/fs"
	"os"
	"runtime"
	"strings"
)

// Computer is what settings are read from. OS and Getenv must be set; a nil
// function or Registry stands for one that holds nothing.
type Computer struct {
	OS     string // as runtime.GOOS; it decides where files are and how paths are written
	Getenv func(string) string
	// Stat and Open take paths in the writing of OS. Open must not wait, as
	// opening a pipe would. Their errors are those of the os package.
	Stat     func(path string) (fs.FileInfo, error)
	Open     func(path string) (fs.File, error)
	Registry Registry
}

// System is the computer that the program runs on.
func System() *Computer {
	return &Computer{OS: runtime.GOOS, Getenv: os.Getenv, Stat: os.Stat, Open: openNow, Registry: systemRegistry()}
}

// home is the person's own folder; empty if the environment does not tell.
func (c *Computer) home() string {
	if c.OS == "windows" {
		return c.Getenv("USERPROFILE")
	}
	return c.Getenv("HOME")
}

// under is a path below the folder that an environment variable names; empty
// if it names none.
func (c *Computer) under(variable string, rest ...string) string {
	return c.join(c.Getenv(variable), rest...)
}

// join writes a path below a folder; empty if the folder is.
func (c *Computer) join(folder string, rest ...string) string {
	if folder == "" {
		return ""
	}
	separator := "/"
	if c.OS == "windows" {
		separator = `\`
	}
	return strings.TrimRight(folder, separator) + separator + strings.Join(rest, separator)
}

// config is a path below the folder that the XDG base directory specification
// names; it has relative paths ignored.
func (c *Computer) config(rest ...string) string {
	if base := c.Getenv("XDG_CONFIG_HOME"); strings.HasPrefix(base, "/") {
		return c.join(base, rest...)
	}
	return c.join(c.home(), append([]string{".config"}, rest...)...)
}

// short writes a path as people know it: with ~ for the home folder, or
// %APPDATA% on Windows. Paths elsewhere are kept.
func (c *Computer) short(path string) string {
	names := []struct{ name, folder string }{{"~", c.home()}}
	if c.OS == "windows" {
		names = []struct{ name, folder string }{{"%APPDATA%", c.Getenv("APPDATA")}, {"%USERPROFILE%", c.home()}}
	}
	for _, n := range names {
		folder := strings.TrimRight(n.folder, `/\`)
		if rest, ok := cutFolder(path, folder, c.OS == "windows"); ok && folder != "" {
			return n.name + rest
		}
	}
	return path
}

// cutFolder takes the folder off the front of a path.
func cutFolder(path, folder string, anyCase bool) (string, bool) {
	if len(path) <= len(folder) || path[len(folder)] != '/' && path[len(folder)] != '\\' {
		return "", false
	}
	head, rest := path[:len(folder)], path[len(folder):]
	return rest, head == folder || anyCase && strings.EqualFold(head, folder)
}

// installed tells whether a command is found where the system looks for
// commands.
func (c *Computer) installed(command string) bool {
	separator := ":"
	if c.OS == "windows" {
		separator, command = ";", command+".exe"
	}
	for _, folder := range strings.Split(c.Getenv("PATH"), separator) {
		if path := c.join(folder, command); path != "" && c.isFile(path) {
			return true
		}
	}
	return false
}

func (c *Computer) isFile(path string) bool {
	if c.Stat == nil || path == "" {
		return false
	}
	info, err := c.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
