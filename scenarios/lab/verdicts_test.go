//go:build linux

package lab

import "testing"

// TestVerdicts proves the truth of each world and then asks ftpdiag about it: verdict, primary finding, nobody blamed
// wrongly, in time, and without more control connections at a time than servers commonly allow.
func TestVerdicts(t *testing.T) {
	requireLab(t)
	program := requireProgram(t)
	eachWorld(t, func(t *testing.T, w World, kind Kind) {
		r := build(t, w, kind)
		if err := w.Prove(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		result, err := w.Ask(t.Context(), r, program)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(result)
		if err := w.VerdictOf(kind).Judge(result); err != nil {
			t.Error(err)
		}
		excess, err := r.ExcessControlConnections(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if excess > 0 {
			t.Errorf("%d attempts to have more than %d control connections at a time", excess, maxControlConnections)
		}
	})
}
