//go:build !linux

package lab

import "testing"

func TestLab(t *testing.T) {
	t.Skip("network namespaces and nftables exist on Linux only")
}
