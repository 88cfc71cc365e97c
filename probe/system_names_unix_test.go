//go:build unix

package probe

import (
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestNameserversAreReadInOrder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "resolv.conf")
	const conf = "# written by hand\n" +
		"search example.org\n" +
		"nameserver 192.0.2.53\n" +
		"nameserver not-an-address\n" +
		"nameserver fe80::53%eth0\n" +
		"nameserver\n" +
		"options ndots:2\n"
	if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	want := []netip.Addr{netip.MustParseAddr("192.0.2.53"), netip.MustParseAddr("fe80::53%eth0")}
	got, setup := namesIn(file)
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !slices.Equal(setup.Search, []string{"example.org"}) || setup.Dots != 2 {
		t.Errorf("search list %v, %d dots", setup.Search, setup.Dots)
	}
}

func TestNameserversWithoutAFileAreNone(t *testing.T) {
	if got, _ := namesIn(filepath.Join(t.TempDir(), "missing")); got != nil {
		t.Errorf("got %v, want none", got)
	}
}
