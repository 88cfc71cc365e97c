package programs

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what was found into the fixtures, to be read before it is kept")

// fixture is a computer in a txtar file. Its head says what is not a file:
//
//	os windows
//	host ftp.example.com          the server asked about
//	env NAME=VALUE
//	reg KEY | NAME = VALUE        a text in the registry; NAME =# 1 for a number
//	forbidden PATH                a file that may not be read
//	pipe PATH                     something that is no file
//
// The last file, "found", is what Read must return.
type fixture struct {
	path     string
	archive  *txtar.Archive
	computer *Computer
	host     string
}

type fakeRegistry map[string]map[string]Value

func (r fakeRegistry) Keys(key string) (names []string, err error) {
	for k := range r {
		if rest, ok := strings.CutPrefix(k, key+`\`); ok && !strings.Contains(rest, `\`) {
			names = append(names, rest)
		}
	}
	return names, nil
}

func (r fakeRegistry) Value(key, name string) (Value, error) { return r[key][name], nil }

func load(t *testing.T, path string) *fixture {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	env, files, registry, forbidden := map[string]string{}, fstest.MapFS{}, fakeRegistry{}, map[string]bool{}
	f := &fixture{path: path, archive: archive, computer: &Computer{OS: "linux", Getenv: func(name string) string { return env[name] }}}
	for line := range strings.Lines(string(archive.Comment)) {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch name, value, _ := strings.Cut(rest, "="); verb {
		case "os":
			f.computer.OS = rest
		case "host":
			f.host = rest
		case "env":
			env[name] = value
		case "forbidden":
			forbidden[rest] = true
			files[key(rest)] = &fstest.MapFile{}
		case "pipe":
			files[key(rest)] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
		case "reg":
			where, what, _ := strings.Cut(rest, " | ")
			name, value, _ := strings.Cut(what, " =")
			number := strings.HasPrefix(value, "#")
			if registry[where] == nil {
				registry[where] = map[string]Value{}
			}
			registry[where][name] = Value{strings.TrimSpace(strings.TrimPrefix(value, "#")), number}
		case "", "#":
		default:
			t.Fatalf("%s: %q?", path, line)
		}
	}
	for _, file := range archive.Files {
		if file.Name != "found" {
			files[key(file.Name)] = &fstest.MapFile{Data: file.Data}
		}
	}
	f.computer.Stat = func(path string) (fs.FileInfo, error) { return files.Stat(key(path)) }
	f.computer.Open = func(path string) (fs.File, error) {
		if forbidden[path] {
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
		}
		return files.Open(key(path))
	}
	if f.computer.OS == "windows" {
		f.computer.Registry = registry
	}
	return f
}

// key makes a path of any system one that fs.FS takes.
func key(path string) string {
	return strings.ToLower(strings.Trim(strings.NewReplacer(`\`, "/", ":", "").Replace(path), "/"))
}

// dump writes everything that was found.
func dump(list []Program) string {
	var b strings.Builder
	for i := range list {
		p := &list[i]
		mode, by := p.Passive()
		fmt.Fprintf(&b, "%s: passive %v", p.ID, mode)
		if by == nil {
			b.WriteString(" by default")
		}
		b.WriteString("\n")
		for _, s := range p.Settings {
			fmt.Fprintf(&b, "  %v: %s = %q at %s:%d passive=%v on=%v", s.Aspect, s.Name, s.Value, s.Place, s.Line, s.Passive, s.On)
			if s.Sites > 0 {
				fmt.Fprintf(&b, " sites=%d", s.Sites)
			}
			if s.Here {
				fmt.Fprintf(&b, " here=%q", s.Site)
			}
			if s.Shipped {
				b.WriteString(" shipped")
			}
			b.WriteString("\n")
		}
		for _, x := range p.Problems {
			fmt.Fprintf(&b, "  %v at %s:%d %s\n", x.Trouble, x.Place, x.Line, x.Name)
		}
	}
	return b.String()
}

// TestFixtures reads each computer. Passwords in the files are CANARY, and
// servers that nobody asked about are called other: neither may be found.
func TestFixtures(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) < 8 {
		t.Fatalf("%d fixtures, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			f := load(t, path)
			list := Read(f.computer, f.host)
			got := dump(list)
			if all := fmt.Sprintf("%+v", list); strings.Contains(all, "CANARY") || strings.Contains(all, "other") {
				t.Errorf("a password or a server got through:\n%s", all)
			}
			last := &f.archive.Files[len(f.archive.Files)-1]
			if last.Name != "found" {
				t.Fatal("the last file must be: found")
			}
			if *update {
				last.Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(f.archive), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if got != string(last.Data) {
				t.Errorf("found\n%swant\n%s", got, last.Data)
			}
		})
	}
}

// failing is a file that breaks off, or does not end.
type failing struct {
	fs.File
	err error
}

func (f failing) Read(p []byte) (int, error) { return len(p), f.err }

// TestFilesThatDoNotEnd: whatever a file does, it costs only its own settings.
func TestFilesThatDoNotEnd(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want Trouble
	}{{nil, TooLarge}, {errors.New("input/output error"), Unreadable}} {
		f := load(t, "testdata/linux.txtar")
		open := f.computer.Open
		f.computer.Open = func(path string) (fs.File, error) {
			file, err := open(path)
			if strings.HasSuffix(path, ".curlrc") {
				return failing{file, tt.err}, err
			}
			return file, err
		}
		for _, p := range Read(f.computer, "") {
			if p.ID == "curl" && (len(p.Problems) != 1 || p.Problems[0] != (Problem{Trouble: tt.want, Place: "~/.curlrc"})) {
				t.Errorf("%v: %+v", tt.err, p.Problems)
			}
			if mode, by := p.Passive(); p.ID == "lftp" && (mode != No || by == nil) {
				t.Errorf("lftp: %v", mode)
			}
		}
	}
}

// FuzzFiles: no content of any file makes reading fail, and none is so bad that
// a password of it is kept.
func FuzzFiles(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, os := range []string{"linux", "windows"} {
			everywhere := fstest.MapFS{"f": &fstest.MapFile{Data: content}}
			c := &Computer{
				OS:     os,
				Getenv: func(string) string { return "/x" },
				Stat:   func(string) (fs.FileInfo, error) { return everywhere.Stat("f") },
				Open:   func(string) (fs.File, error) { return everywhere.Open("f") },
			}
			for _, p := range Read(c, "ftp.example.com") {
				for _, s := range p.Settings {
					if s.Aspect == 0 || s.Name == "" || s.Place == "" || s.Here && s.Sites != 1 || s.Aspect == Proxy && s.Value != "" && s.Place != inEnvironment {
						t.Errorf("%s: %+v", p.ID, s)
					}
				}
				for _, x := range p.Problems {
					if x.Trouble == 0 || x.Place == "" {
						t.Errorf("%s: %+v", p.ID, x)
					}
				}
			}
		}
	})
}
