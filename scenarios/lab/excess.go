//go:build linux

package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
)

// maxControlConnections is the most control connections ftpdiag may hold at a time. Servers limit them per
// address, and the common limits begin at 4 to 5 (IIS and hosting panels aside).
const maxControlConnections = 4

// ExcessControlConnections returns how many control connections from the client's first address were turned away
// because maxControlConnections were open.
func (t *Topology) ExcessControlConnections(ctx context.Context) (int, error) {
	out, err := t.ClientGateway.Output(exec.CommandContext(ctx, "nft", "-j", "list", "counter", "ip", "lab", "excess"))
	if err != nil {
		return 0, fmt.Errorf("nft list counter: %w: %s", err, out)
	}
	var answer struct {
		Nftables []struct {
			Counter *struct{ Packets int }
		}
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		return 0, fmt.Errorf("nft list counter: %w", err)
	}
	for _, object := range answer.Nftables {
		if object.Counter != nil {
			return object.Counter.Packets, nil
		}
	}
	return 0, fmt.Errorf("nft list counter: no counter in %s", out)
}
