//go:build linux

package lab

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// A DelayLink is a long line between two namespaces: a network interface of the kind TUN in each, and a queue that
// holds every packet for a while. The kernel's own delay (netem) is missing from many kernels, TUN from few.
type DelayLink struct {
	ends    [2]*os.File
	carrier sync.WaitGroup
}

// queuedPackets is how much the line holds: 4096 full packets are 6 MB, which a TCP window does not reach here.
const queuedPackets = 4096

// maxPacket is the largest packet of an interface with the usual MTU of 1500, with room for one that is larger.
const maxPacket = 4096

// linkDevice is the name of the interface at both ends.
const linkDevice = "line0"

// NewDelayLink connects a and b, under the addresses given with their prefix length ("192.0.2.1/24"). Every packet takes
// oneWay to arrive, and up to 0.7 ms longer (measured: Go's timers wake on whole milliseconds). Close ends it.
func NewDelayLink(ctx context.Context, a *Namespace, addressA string, b *Namespace, addressB string, oneWay time.Duration) (*DelayLink, error) {
	l, err := newDelayLine(a, b, linkDevice, oneWay)
	if err != nil {
		return nil, err
	}
	for _, end := range []struct {
		namespace *Namespace
		address   string
	}{{a, addressA}, {b, addressB}} {
		if err := ip(ctx, end.namespace.name, "addr add "+end.address+" dev "+linkDevice, "link set "+linkDevice+" up"); err != nil {
			l.Close()
			return nil, err
		}
	}
	return l, nil
}

// newDelayLine is NewDelayLink without addresses, with another name for the interfaces.
func newDelayLine(a, b *Namespace, device string, oneWay time.Duration) (*DelayLink, error) {
	l := &DelayLink{}
	for i, namespace := range []*Namespace{a, b} {
		end, err := openTUN(namespace, device)
		if err != nil {
			l.Close()
			return nil, err
		}
		l.ends[i] = end
	}
	l.carry(l.ends[0], l.ends[1], oneWay)
	l.carry(l.ends[1], l.ends[0], oneWay)
	return l, nil
}

// Close takes both interfaces away and waits for the packets' carriers to end.
func (l *DelayLink) Close() {
	for _, end := range l.ends {
		if end != nil {
			_ = end.Close() // nothing is buffered that could be lost
		}
	}
	l.carrier.Wait()
}

func openTUN(n *Namespace, name string) (device *os.File, err error) {
	err = n.Do(func() error {
		fd, err := unix.Open("/dev/net/tun", unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
		if err != nil {
			return fmt.Errorf("open /dev/net/tun: %w", err)
		}
		request, err := unix.NewIfreq(name)
		if err != nil {
			return errors.Join(err, unix.Close(fd))
		}
		request.SetUint16(unix.IFF_TUN | unix.IFF_NO_PI)
		if err := unix.IoctlIfreq(fd, unix.TUNSETIFF, request); err != nil {
			return errors.Join(fmt.Errorf("make a TUN interface: %w", err), unix.Close(fd))
		}
		device = os.NewFile(uintptr(fd), name)
		return nil
	})
	return device, err
}

// carry moves packets from one end to the other until an end is closed.
func (l *DelayLink) carry(from, to *os.File, delay time.Duration) {
	type packet struct {
		due     time.Time
		content []byte
	}
	line := make(chan packet, queuedPackets)
	l.carrier.Go(func() {
		defer close(line)
		buffer := make([]byte, maxPacket)
		for {
			n, err := from.Read(buffer)
			if err != nil {
				return // closed
			}
			// A full line holds up the reader; the interface's own queue then loses packets, as a router would.
			line <- packet{time.Now().Add(delay), append([]byte(nil), buffer[:n]...)}
		}
	})
	l.carrier.Go(func() {
		for p := range line {
			time.Sleep(time.Until(p.due))
			// A packet that the other end does not take is lost on the way. After Close the rest runs out here.
			_, _ = to.Write(p.content)
		}
	})
}
