package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows lists the packages of the program and which of the others each may
// import. Facts never conclude, conclusions do no I/O, wording never measures:
// an import against an arrow is the first step away from that.
var arrows = map[string][]string{
	"probe/ftp":         {},
	"probe/neterr":      {},
	"probe/here":        {},
	"probe/hops":        {"probe/neterr"},
	"probe/programs":    {},
	"probe":             {"probe/ftp", "probe/neterr", "probe/hops", "probe/here"},
	"report/term":       {},
	"report/remedies":   {},
	"report":            {"report/term", "report/remedies", "probe", "probe/ftp", "probe/here", "probe/hops", "probe/programs"},
	"scenarios/simnet":  {"probe", "probe/ftp", "probe/neterr"},
	"scenarios":         {"scenarios/simnet", "probe", "probe/ftp", "probe/neterr"},
	"scenarios/lab":     {},
	"cmd/ftpdiag/saved": {"report", "probe"},
	"cmd/ftpdiag":       {"cmd/ftpdiag/saved", "report", "report/term", "probe", "probe/ftp", "probe/neterr", "probe/programs", "scenarios"},
}

// TestArrows reads every source file of every system, tests apart: those may
// look at a package from outside.
func TestArrows(t *testing.T) {
	const module = "ftpdiag/"
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	documented := map[string]bool{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && file != root) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(rel))
		allowed, known := arrows[pkg]
		if !known && !seen[pkg] {
			t.Errorf("package %s has no place in the house: name what it may import", pkg)
		}
		seen[pkg] = true
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		if d.Name() == "doc.go" && parsed.Doc != nil {
			documented[pkg] = true
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			ours, isOurs := strings.CutPrefix(imported, module)
			if isOurs && !slices.Contains(allowed, ours) {
				t.Errorf("%s imports %s: that arrow points the wrong way", filepath.ToSlash(rel), ours)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range arrows {
		if !seen[pkg] {
			t.Errorf("package %s is gone", pkg)
		} else if !documented[pkg] {
			t.Errorf("package %s has no doc.go with its comment", pkg)
		}
	}
}
