package here

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"net/netip"
)

// Facts is what this computer says about itself. The zero value knows nothing.
type Facts struct {
	Firewall  Firewall  `json:"firewall"`
	Tunnels   Tunnels   `json:"tunnels"`
	Container Container `json:"container"`
	Proxies   []Proxy   `json:"proxies,omitempty"` // empty: no such setting in the environment
}

// Env is a computer to look at. A nil field is one that this system does not
// have; what would be read from it stays unknown.
type Env struct {
	// OS is the operating system, as runtime.GOOS spells it.
	OS string
	// Root is the file system from "/" on.
	Root fs.FS
	// Getenv reads an environment variable; empty means that it is not set.
	Getenv func(name string) string
	// Interfaces lists the network interfaces, with their addresses.
	Interfaces func() ([]Interface, error)
	// Registry reads a number below HKEY_LOCAL_MACHINE. Its error is
	// fs.ErrNotExist if there is no such value.
	Registry func(key, value string) (uint64, error)
	// AppFirewall returns what macOS prints about its application firewall's
	// state.
	AppFirewall func() (string, error)
}

// Interface is a network interface.
type Interface struct {
	Name  string
	Flags net.Flags
	Addrs []netip.Addr
}

// Look reads everything. What cannot be read is unknown; there is no error.
func Look(env Env) Facts {
	return Facts{
		Firewall:  firewall(env),
		Tunnels:   tunnels(env),
		Container: container(env),
		Proxies:   proxies(env),
	}
}

// mostBytes bounds every file: the routing table of a router that speaks BGP
// is the largest that may be met, and of that the beginning will do.
const mostBytes = 1 << 20

// read returns a file's text, or false if it cannot be read.
func (e Env) read(name string) (text string, ok bool) {
	if e.Root == nil {
		return "", false
	}
	f, err := e.Root.Open(name)
	if err != nil {
		return "", false
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, mostBytes))
	return string(data), err == nil // Half a file is not the file.
}

// exists tells whether there is a file of the name; Unknown if that is not
// for us to know.
func (e Env) exists(name string) Tri {
	if e.Root == nil {
		return Unknown
	}
	_, err := fs.Stat(e.Root, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Unknown
	}
	return triOf(err == nil)
}

// getenv reads a variable where there is an environment.
func (e Env) getenv(name string) string {
	if e.Getenv == nil {
		return ""
	}
	return e.Getenv(name)
}
