package here

import (
	"context"
	"os/exec"
	"time"
)

// appFirewallPatience is far more than the program needs; it asks a running
// service.
const appFirewallPatience = 2 * time.Second

// complete adds the program that tells about the application firewall. Since
// macOS 15 the setting is in no file any more.
func complete(ctx context.Context, env *Env) {
	env.AppFirewall = func() (string, error) {
		ctx, cancel := context.WithTimeout(ctx, appFirewallPatience)
		defer cancel()
		cmd := exec.CommandContext(ctx, "/usr/libexec/ApplicationFirewall/socketfilterfw", "--getglobalstate")
		cmd.WaitDelay = appFirewallPatience // for a child that keeps the pipe open
		out, err := cmd.Output()
		return string(out), err
	}
}
