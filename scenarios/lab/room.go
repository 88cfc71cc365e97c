//go:build linux

package lab

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// roomFolder holds everything the lab writes: a memory file system of its own mount namespace.
const roomFolder = "/run/lab"

// publicFolder is the home of the user ftp and what an anonymous login lists.
const publicFolder = roomFolder + "/public"

// publicFile lies in publicFolder: a listing with this name came through.
const publicFile = "readme.txt"

// hostName is the name of every computer here. Servers show it, and ProFTPD does not start unless it has an address.
const hostName = "lab"

// The named user of every server. The hash is that of Password (crypt(3) SHA-512): PAM, ProFTPD and Pure-FTPd
// read it from /etc/shadow, as on an ordinary server.
const (
	User         = "alice"
	Password     = "right-password"
	passwordHash = "$6$ftpdiag$5eDseq7k/0ncGWDodjB6Yyyq.ZxayPrftJHdmFV7N73fSczQxcrxMwck1VfbaY4QLfkL7DUfvwOnvRiA6Q7oI/"
)

// accounts replaces files below /etc for the processes of the lab. The host's own are covered, not changed.
var accounts = map[string]string{
	"passwd": "root:x:0:0:root:/:/bin/sh\n" +
		"ftp:x:990:990:FTP:" + publicFolder + ":/bin/sh\n" +
		User + ":x:991:991:Alice:" + publicFolder + ":/bin/sh\n" +
		"nobody:x:65534:65534:nobody:/:/bin/sh\n",
	"group":  "root:x:0:\nftp:x:990:\n" + User + ":x:991:\nnogroup:x:65534:\n",
	"shadow": "root:*:19000::::::\nftp:*:19000::::::\n" + User + ":" + passwordHash + ":19000::::::\nnobody:*:19000::::::\n",
	// Without a resolver on loopback a reverse look-up is refused at once; with the host's it would wait for
	// a network that is not there.
	"resolv.conf":   "nameserver 127.0.0.1\n",
	"hosts":         "127.0.0.1 localhost " + hostName + "\n",
	"nsswitch.conf": "passwd: files\ngroup: files\nshadow: files\nhosts: files\nservices: files\n",
	"shells":        "/bin/sh\n",
	// Read by servers built with TCP wrappers, and by inetutils: who may not log in.
	"hosts.allow": "",
	"hosts.deny":  "",
	"ftpusers":    "root\n",
}

// pamServices are the names under which vsftpd, inetutils and Pure-FTPd ask PAM.
var pamServices = []string{"vsftpd", "ftp", "pure-ftpd", "other"}

const pamRules = "auth required pam_unix.so\naccount required pam_unix.so\nsession required pam_permit.so\n"

// Furnish prepares the mount namespace that Enter made: private mounts, own /proc, /run and /var/log, own accounts, and
// the public folder. It must run once, before anything else of the lab.
func Furnish() error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make mounts private: %w", err)
	}
	if err := unix.Sethostname([]byte(hostName)); err != nil {
		return fmt.Errorf("set the host name: %w", err)
	}
	if err := unix.Mount("proc", "/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return fmt.Errorf("mount /proc of the new process namespace: %w", err)
	}
	// On /run lie the named network namespaces (ip netns) and the servers' lock files, in /var/log their logs.
	for _, folder := range []string{"/run", "/var/log"} {
		if err := unix.Mount("tmpfs", folder, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=0755"); err != nil {
			return fmt.Errorf("mount memory on %s: %w", folder, err)
		}
	}
	for _, folder := range []string{
		"/run/netns", roomFolder + "/etc/pam.d", roomFolder + "/temp", publicFolder,
		"/run/vsftpd/empty", "/run/pure-ftpd", "/run/proftpd", // compiled-in folders of the servers
	} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	if err := os.Setenv("TMPDIR", roomFolder+"/temp"); err != nil {
		return err
	}
	if err := coverAccounts(); err != nil {
		return err
	}
	if err := fillPublicFolder(); err != nil {
		return err
	}
	return addFolders()
}

// coverAccounts binds the lab's accounts and PAM rules over the host's files. A file that the host lacks stays absent.
func coverAccounts() error {
	for name, text := range accounts {
		mode := fs.FileMode(0o644)
		if name == "shadow" {
			mode = 0o600
		}
		source := filepath.Join(roomFolder, "etc", name)
		if err := os.WriteFile(source, []byte(text), mode); err != nil {
			return err
		}
		if err := cover(source, "/etc/"+name); err != nil {
			return err
		}
	}
	for _, service := range pamServices {
		if err := os.WriteFile(filepath.Join(roomFolder, "etc/pam.d", service), []byte(pamRules), 0o644); err != nil {
			return err
		}
	}
	return cover(filepath.Join(roomFolder, "etc/pam.d"), "/etc/pam.d")
}

func cover(source, target string) error {
	err := unix.Mount(source, target, "", unix.MS_BIND, "")
	if err != nil && !errors.Is(err, unix.ENOENT) {
		return fmt.Errorf("cover %s: %w", target, err)
	}
	return nil
}

// fillPublicFolder writes what is listed, and a copy of ls with its libraries: inetutils runs /bin/ls inside the
// folder after chroot, as FTP servers of its time did.
func fillPublicFolder() error {
	if err := os.WriteFile(filepath.Join(publicFolder, publicFile), []byte("public\n"), 0o644); err != nil {
		return err
	}
	// Copied, not mounted: a mount would have to be undone before anybody removes the folder.
	needed, err := exec.Command("ldd", "/bin/ls").Output()
	if err != nil {
		return fmt.Errorf("find the libraries of ls: %w", err)
	}
	files := []string{"/bin/ls"}
	for _, word := range strings.Fields(string(needed)) {
		if strings.HasPrefix(word, "/") {
			files = append(files, word)
		}
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		target := filepath.Join(publicFolder, file)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, content, 0o755); err != nil {
			return err
		}
	}
	return nil
}
