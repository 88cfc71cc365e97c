package report

import (
	"strings"
	"testing"
)

func TestPortsAreReadable(t *testing.T) {
	many := make([]uint16, 0, 40)
	for i := range uint16(40) {
		many = append(many, 50000+i*7)
	}
	for _, tt := range []struct {
		ports []uint16
		want  string
	}{
		{nil, ""},
		{[]uint16{40002}, "40002"},
		{[]uint16{40002, 40001}, "40001 and 40002"},
		{[]uint16{40009, 40001, 40010, 40008, 40010}, "40001 and 40008-40010"},
		{[]uint16{65534, 65535, 65533}, "65533-65535"},
		{many, "50000, 50007, 50014, 50021, 50028, 50035, 50042, 50049 and 32 others"},
	} {
		if got := join(portRanges(tt.ports)); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.ports, got, tt.want)
		}
	}
	if strings.Contains(join(portRanges([]uint16{1, 2, 3})), ",") {
		t.Error("neighbours are listed one by one")
	}
}
