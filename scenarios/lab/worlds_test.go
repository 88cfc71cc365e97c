//go:build linux

package lab

import (
	"errors"
	"testing"
)

// eachWorld runs test once for every world and every server it applies to.
func eachWorld(t *testing.T, test func(t *testing.T, w World, kind Kind)) {
	requireLab(t)
	for _, w := range Worlds {
		for _, kind := range Kinds {
			err := kind.Supports(w.Setting)
			if errors.Is(err, ErrUnsupported) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Run(w.Name+"/"+kind.String(), func(t *testing.T) {
				t.Parallel()
				test(t, w, kind)
			})
		}
	}
}

// TestTruth proves with curl that each world does to each mode what its table says.
func TestTruth(t *testing.T) {
	eachWorld(t, func(t *testing.T, w World, kind Kind) {
		if err := w.Prove(t.Context(), build(t, w, kind)); err != nil {
			t.Error(err)
		}
	})
}
