package here

import (
	"context"
	"net"
	"net/netip"
	"os"
	"runtime"
)

// This is the computer that the program runs on. ctx bounds what its functions
// may take; it must live until Look has returned.
func This(ctx context.Context) Env {
	env := Env{OS: runtime.GOOS, Getenv: os.Getenv, Interfaces: interfaces}
	complete(ctx, &env)
	return env
}

// interfaces lists the network interfaces of this computer.
func interfaces() ([]Interface, error) {
	nics, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	var list []Interface
	for _, nic := range nics {
		addrs, err := nic.Addrs()
		if err != nil {
			return nil, err
		}
		i := Interface{Name: nic.Name, Flags: nic.Flags}
		for _, a := range addrs {
			if prefix, err := netip.ParsePrefix(a.String()); err == nil {
				i.Addrs = append(i.Addrs, prefix.Addr())
			}
		}
		list = append(list, i)
	}
	return list, nil
}
