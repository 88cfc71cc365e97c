package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"ftpdiag/report/term"
)

var update = flag.Bool("update", false, "write the golden reports instead of comparing with them")

// The six situations everybody meets, exactly as people see them: "go test
// ./report -update" writes them anew, to be read before they are kept.
func TestGolden(t *testing.T) {
	for _, f := range []fixture{eitherFixture(), passiveFixture(), activeFixture(), bothFixture(), loginFixture(), epsvFixture()} {
		r := f.report()
		for name, write := range map[string]func(*bytes.Buffer) error{
			"79.txt":     func(b *bytes.Buffer) error { return r.WriteText(b, term.Style{Width: 79}) },
			"59.txt":     func(b *bytes.Buffer) error { return r.WriteText(b, term.Style{Width: 59, Symbols: term.Legacy}) },
			"44.txt":     func(b *bytes.Buffer) error { return r.WriteText(b, term.Style{Width: 44, Symbols: term.ASCII}) },
			"colour.txt": func(b *bytes.Buffer) error { return r.WriteText(b, term.Style{Width: 79, Color: true}) },
			"v.txt": func(b *bytes.Buffer) error {
				return r.WriteText(b, term.Style{Width: 79, Verbose: 1, Symbols: term.ASCII})
			},
			"plain.txt": func(b *bytes.Buffer) error { return r.WritePlain(b) },
		} {
			var got bytes.Buffer
			if err := write(&got); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", f.name+"-"+name)
			if *update {
				if err := os.WriteFile(path, got.Bytes(), 0o666); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("differs from %s:\n%s", path, got.Bytes())
			}
		}
	}
}
