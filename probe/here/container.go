package here

import "strings"

// Container is what this computer runs in. Both kinds are mostly behind a NAT
// of the machine they run on, which then decides about incoming connections.
type Container struct {
	// Inside: this is a container (Docker, Podman, Kubernetes, LXC ...).
	Inside Tri `json:"inside"`
	// WSL: this is the Windows Subsystem for Linux.
	WSL Tri `json:"wsl"`
}

// markers are files that a container's manager puts there for programs to see:
// Docker, Podman, and systemd when it is the container's first process.
var markers = []string{".dockerenv", "run/.containerenv", "run/systemd/container"}

// managers are words in the control group of a container's first process.
var managers = []string{"docker", "kubepods", "containerd", "libpod", "/lxc"}

func container(env Env) Container {
	if env.OS != "linux" {
		return Container{WSL: No} // It runs Linux. Of containers these systems do not tell.
	}
	return Container{Inside: inContainer(env), WSL: inWSL(env)}
}

// inContainer looks for signs. Without any, only the control group that
// systemd gives the first process of a whole system speaks against it.
func inContainer(env Env) Tri {
	for _, name := range markers {
		if env.exists(name) == Yes {
			return Yes
		}
	}
	groups, ok := env.read("proc/1/cgroup")
	if !ok {
		return Unknown
	}
	for _, name := range managers {
		if strings.Contains(groups, name) {
			return Yes
		}
	}
	if strings.Contains(groups, "/init.scope") {
		return No
	}
	return Unknown
}

// inWSL looks for Microsoft's name in that of the kernel: "4.4.0-19041-Microsoft"
// is version 1, "5.15.90.1-microsoft-standard-WSL2" version 2.
func inWSL(env Env) Tri {
	release, ok := env.read("proc/sys/kernel/osrelease")
	if !ok {
		return Unknown
	}
	return triOf(strings.Contains(strings.ToLower(release), "microsoft"))
}
