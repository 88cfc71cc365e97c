package report

import (
	"fmt"
	"os"
	"testing"

	"ftpdiag/report/term"
)

func TestShow(t *testing.T) {
	w := 79
	fmt.Sscanf(os.Getenv("W"), "%d", &w)
	v := 0
	fmt.Sscanf(os.Getenv("V"), "%d", &v)
	for _, f := range fixtures() {
		if os.Getenv("F") != "" && os.Getenv("F") != f.name {
			continue
		}
		fmt.Println("=====", f.name)
		r := f.report()
		if os.Getenv("J") != "" {
			r.WriteJSON(os.Stdout)
			continue
		}
		r.WriteText(os.Stdout, term.Style{Width: w, Verbose: v})
	}
}
