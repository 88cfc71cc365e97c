//go:build linux

package lab

import (
	"fmt"
	"net"
)

// acceptorPort is where the server's gateway takes the connections of Firewall.AcceptsAndCloses.
const acceptorPort = 39999

// startAcceptor accepts connections to acceptorPort of the namespace and closes them. stop ends it.
func startAcceptor(n *Namespace) (stop func(), err error) {
	var listener net.Listener
	err = n.Do(func() (err error) {
		listener, err = net.Listen("tcp4", fmt.Sprintf(":%d", acceptorPort))
		return err
	})
	if err != nil {
		return nil, err
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return // closed
			}
			_ = conn.Close()
		}
	}()
	return func() {
		_ = listener.Close()
		<-ended
	}, nil
}
