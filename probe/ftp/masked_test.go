package ftp

import "testing"

func TestMasked(t *testing.T) {
	tests := []struct {
		lines []string
		want  bool
	}{
		{[]string{"XXXX XXXX XXXX"}, true},
		{[]string{"**************************"}, true},
		{[]string{"*** ***", "***"}, true},
		{[]string{"*** Welcome ***"}, false},
		{[]string{"****", "ready"}, false},
		{[]string{"XXXX ****"}, false}, // two masks are none
		{[]string{"X"}, false},
		{[]string{"***"}, false},
		{[]string{""}, false},
		{nil, false},
	}
	for _, tt := range tests {
		if got := Masked(Reply{Code: 220, Lines: tt.lines}); got != tt.want {
			t.Errorf("Masked(%q) = %v, want %v", tt.lines, got, tt.want)
		}
	}
}
