package scenarios_test

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"ftpdiag/probe"
	"ftpdiag/report"
	"ftpdiag/report/term"
	"ftpdiag/scenarios"
)

var renderingsTo = flag.String("renderings", "", "also write the renderings into this folder, to compare two states of the code file by file")

// renderingsFile keeps a line for each scenario and rendering: the name of the
// rendering's file, a blank, the beginning of its SHA-256. The renderings
// themselves would be some thousand files that nobody reads; those at 79 columns
// are kept whole.
var renderingsFile = filepath.Join("..", "testdata", "golden", "renderings.sums")

// printed is how many renderings that differ are printed whole: enough to see
// what changed, when one word changes all of them.
const printed = 3

// renderings collects what the scenarios look like, and compares it with what
// is kept.
type renderings struct {
	kept map[string]string // by file name: the sum

	mu        sync.Mutex
	got       map[string]string
	ran       int // scenarios
	differing int
}

// keptRenderings reads the file of sums. When updating it may be missing.
func keptRenderings(t *testing.T) *renderings {
	t.Helper()
	all := &renderings{kept: map[string]string{}, got: map[string]string{}}
	text, err := os.ReadFile(renderingsFile)
	if err != nil && !*update {
		t.Fatalf("%v\nhint: go test ./scenarios -run Golden -update", err)
	}
	for line := range strings.Lines(string(text)) {
		name, sum, _ := strings.Cut(strings.TrimSpace(line), " ")
		all.kept[name] = sum
	}
	return all
}

// TestGoldenRenderings compares what every scenario looks like in every way. The
// tries are made one after the other, so that ports and connections are given
// out in the same order each time.
func TestGoldenRenderings(t *testing.T) {
	all := keptRenderings(t)
	t.Run("all", func(t *testing.T) {
		for _, s := range scenarios.All() {
			t.Run(s.Name, func(t *testing.T) {
				t.Parallel()
				var e *probe.Examination
				synctest.Test(t, func(t *testing.T) {
					run, err := s.StartInMemory()
					if err != nil {
						t.Fatal(err)
					}
					run.Plan.Serial = true
					r, _ := examine(run)
					e = r.Examination
				})
				e.OS, e.Arch = "linux", "amd64" // the same on every machine
				inOneOrder(e)
				ways := everyWay(t, report.New(e))
				if e.Interrupted { // what the tries still write down when they are stopped is chance
					maps.DeleteFunc(ways, func(way string, _ []byte) bool { return !strings.HasSuffix(way, ".txt") })
				}
				all.compare(t, s.Name, ways)
			})
		}
	})
	all.finish(t)
}

// compare compares the sums of one scenario's renderings with those kept.
func (all *renderings) compare(t *testing.T, scenario string, ways map[string][]byte) {
	t.Helper()
	all.mu.Lock()
	defer all.mu.Unlock()
	all.ran++
	for _, way := range slices.Sorted(maps.Keys(ways)) {
		name, text := scenario+"-"+way, ways[way]
		if *renderingsTo != "" {
			if err := os.WriteFile(filepath.Join(*renderingsTo, name), text, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		sum := fmt.Sprintf("%x", sha256.Sum256(text))[:12]
		all.got[name] = sum
		if *update || all.kept[name] == sum {
			continue
		}
		if runtime.GOOS != "linux" && !strings.HasSuffix(way, ".txt") {
			continue // the dialogue holds the system's own words for errors and certificates
		}
		all.differing++
		if all.differing > printed {
			t.Errorf("%s differs too", name)
			continue
		}
		t.Errorf("%s differs. To see all that differ, run this here and at the last commit, and compare the folders:\n"+
			"go test ./scenarios -run GoldenRenderings -renderings FOLDER\n%s", name, text)
	}
}

// wholeResult is what a page holds to be read back. Others compare that; and it
// names the ports that two first connections at the same moment got by chance.
var wholeResult = regexp.MustCompile(`(?s)<script type="application/json".*?</script>`)

// everyWay renders a report at every width with all symbols, with and without
// colour, and in the formats that are kept or sent on.
func everyWay(t *testing.T, r *report.Report) map[string][]byte {
	t.Helper()
	ways := map[string][]byte{}
	write := func(name string, f report.Format, st term.Style) {
		var b bytes.Buffer
		if err := r.Write(&b, f, st); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		ways[name] = b.Bytes()
	}
	symbols := map[string]term.SymbolSet{"unicode": term.Unicode, "legacy": term.Legacy, "ascii": term.ASCII}
	for _, width := range []int{79, 59, 44} { // the picture beside the rows, below them, and none
		for set, characters := range symbols {
			for look, color := range map[string]bool{"colour": true, "none": false} {
				write(fmt.Sprintf("%d-%s-%s.txt", width, set, look), report.FormatText, term.Style{Width: width, Symbols: characters, Color: color})
			}
		}
	}
	write("plain.txt", report.FormatPlain, term.Style{})
	write("ticket.md", report.FormatMarkdown, term.Style{})
	write("result.json", report.FormatJSON, term.Style{})
	write("page.html", report.FormatHTML, term.Style{})
	ways["page.html"] = wholeResult.ReplaceAll(ways["page.html"], nil)
	return ways
}

// finish writes the sums, or looks for those whose rendering is gone.
func (all *renderings) finish(t *testing.T) {
	t.Helper()
	if *update {
		maps.Copy(all.kept, all.got)
	}
	if all.ran == len(scenarios.All()) { // and not only those asked for by -run
		maps.DeleteFunc(all.kept, func(name, _ string) bool {
			_, exists := all.got[name]
			if !exists && !*update {
				t.Errorf("%s in %s is no rendering of a scenario", name, renderingsFile)
			}
			return !exists
		})
	}
	if !*update {
		return
	}
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all.kept)) {
		fmt.Fprintf(&b, "%s %s\n", name, all.kept[name])
	}
	if err := os.WriteFile(renderingsFile, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}
