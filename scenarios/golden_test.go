package scenarios_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ftpdiag/report"
	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

var update = flag.Bool("update", false, "write the golden reports instead of comparing with them")

// golden is where the report of a scenario is kept: with the project's other test data.
func golden(name string) string { return filepath.Join("..", "testdata", "golden", name+".txt") }

// TestGolden compares the report that a person sees, word by word. Whoever
// changes a wording reads the difference.
func TestGolden(t *testing.T) {
	for _, s := range scenarios.All() {
		t.Run(s.Name, func(t *testing.T) {
			inMemory(t, s, func(t *testing.T, r *report.Report) {
				var got bytes.Buffer
				if err := r.WriteText(&got, term.Style{Width: 79, Symbols: term.Unicode}); err != nil {
					t.Fatal(err)
				}
				if *update {
					if err := os.WriteFile(golden(s.Name), got.Bytes(), 0o666); err != nil {
						t.Fatal(err)
					}
					return
				}
				want, err := os.ReadFile(golden(s.Name))
				if err != nil {
					t.Fatalf("%v\nhint: go test ./scenarios -run %s -update", err, t.Name())
				}
				// A checkout may have its own line ends.
				if got, want := got.String(), strings.ReplaceAll(string(want), "\r\n", "\n"); got != want {
					t.Errorf("the report differs from %s\n--- got ---\n%s--- want ---\n%s", golden(s.Name), got, want)
				}
			})
		})
	}
}

// TestGoldenFilesBelongToScenarios finds reports whose scenario is gone.
func TestGoldenFilesBelongToScenarios(t *testing.T) {
	files, err := filepath.Glob(golden("*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".txt"); !found(name) {
			t.Errorf("%s belongs to no scenario", f)
		}
	}
}

func found(name string) bool {
	_, ok := scenarios.Find(name)
	return ok
}
