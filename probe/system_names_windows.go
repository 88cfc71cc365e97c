package probe

import (
	"errors"
	"net/netip"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// adapterBytes is the first size tried for the list of adapters; Microsoft
// recommends 15 kB so that one call is enough (GetAdaptersAddresses).
const adapterBytes = 15 << 10

// adapterTries bounds the repetitions when the list outgrows the size that
// Windows has just asked for because adapters come up meanwhile.
const adapterTries = 4

// siteLocal is the deprecated range (RFC 3879) from which Windows makes up
// three servers for adapters that were told none over IPv6. Nobody answers
// there.
var siteLocal = netip.MustParsePrefix("fec0::/10")

// configuredNames lists the servers of all adapters that are up, and the suffixes:
// the policy's list, else the computer's own search list, else the primary suffix
// and those of the adapters ("Appending DNS suffixes", Windows' DNS client).
func configuredNames() ([]netip.Addr, NameSetup) {
	var addrs []netip.Addr
	var ofAdapters []string
	for a := adapters(); a != nil; a = a.Next {
		if a.OperStatus != windows.IfOperStatusUp {
			continue
		}
		for s := a.FirstDnsServerAddress; s != nil; s = s.Next {
			addr := addrOf(s.Address)
			if addr.IsValid() && !siteLocal.Contains(addr.WithZone("")) {
				addrs = append(addrs, addr)
			}
		}
		if suffix := windows.UTF16PtrToString(a.DnsSuffix); suffix != "" && !slices.Contains(ofAdapters, suffix) {
			ofAdapters = append(ofAdapters, suffix)
		}
	}
	search := suffixes(dnsPolicy, "SearchList")
	if len(search) == 0 {
		search = suffixes(tcpip, "SearchList")
	}
	if len(search) == 0 {
		search = append(suffixes(tcpip, "Domain"), ofAdapters...)
	}
	return addrs, NameSetup{Search: search}
}

// Where Windows keeps lists of suffixes, divided by commas, below
// HKEY_LOCAL_MACHINE.
const (
	dnsPolicy = `SOFTWARE\Policies\Microsoft\Windows NT\DNSClient`
	tcpip     = `SYSTEM\CurrentControlSet\Services\Tcpip\Parameters`
)

// suffixes reads one such list; nil: there is none.
func suffixes(key, value string) []string {
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, key, registry.QUERY_VALUE)
	if err != nil {
		return nil
	}
	defer func() { _ = k.Close() }()
	text, _, err := k.GetStringValue(value)
	if err != nil {
		return nil
	}
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}

// hostsFile is where Windows looks names up first.
func hostsFile() string {
	folder, err := windows.GetSystemDirectory()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "drivers", "etc", "hosts")
}

// adapters returns the first element of Windows' list, or nil.
func adapters() *windows.IpAdapterAddresses {
	const flags = windows.GAA_FLAG_SKIP_UNICAST | windows.GAA_FLAG_SKIP_ANYCAST |
		windows.GAA_FLAG_SKIP_MULTICAST | windows.GAA_FLAG_SKIP_FRIENDLY_NAME
	size := uint32(adapterBytes)
	for range adapterTries {
		buffer := make([]byte, size)
		first := (*windows.IpAdapterAddresses)(unsafe.Pointer(&buffer[0]))
		err := windows.GetAdaptersAddresses(windows.AF_UNSPEC, flags, 0, first, &size)
		if err == nil {
			return first
		}
		if !errors.Is(err, windows.ERROR_BUFFER_OVERFLOW) {
			return nil // ERROR_NO_DATA: there is no adapter.
		}
	}
	return nil
}

// addrOf converts a socket address; the zero Addr stands for another family.
// A link-local address keeps its interface's index as zone, without which it
// cannot be reached.
func addrOf(address windows.SocketAddress) netip.Addr {
	if address.Sockaddr == nil {
		return netip.Addr{}
	}
	sa, err := address.Sockaddr.Sockaddr()
	if err != nil {
		return netip.Addr{}
	}
	switch sa := sa.(type) {
	case *syscall.SockaddrInet4:
		return netip.AddrFrom4(sa.Addr)
	case *syscall.SockaddrInet6:
		addr := netip.AddrFrom16(sa.Addr)
		if sa.ZoneId != 0 {
			addr = addr.WithZone(strconv.FormatUint(uint64(sa.ZoneId), 10))
		}
		return addr
	default:
		return netip.Addr{}
	}
}
