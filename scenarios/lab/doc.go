// Package lab puts ftpdiag between real FTP servers and real firewalls.
//
// Each world is four network namespaces in a row,
//
//	client ── client gateway ── server gateway ── server
//
// joined by veth pairs. The gateways filter and translate with nftables and, where a world wants it, with the
// kernel's own FTP helper; in some worlds they lose packets, hide addresses, or answer in the server's place. The server
// runs vsftpd, ProFTPD, Pure-FTPd, pyftpdlib, the ftpd of GNU inetutils or, in a few worlds, Twisted or goftp.io/server (a
// module of its own in testdata, built when the lab begins), with a configuration written for the world. What the world does to active and passive mode is proven with curl before
// ftpdiag is asked, so that a wrong expectation cannot hide a wrong verdict.
//
// The lab exists on Linux only. It needs the programs ip, nft, mount, curl and ldd, and the servers, which
// .ci/install-daemons unpacks into a folder (they conflict as packages) named by the environment variable
// FTPDIAG_LAB_DAEMONS, by default ftpdiag-lab in the user's cache folder. Root is not needed where user namespaces are
// allowed, but most of the servers insist on changing their user, which one mapped user cannot do: all of them run for
// root only.
// What is missing is a skip with its reason, or a failure if FTPDIAG_LAB is "require".
//
// The test program starts itself again in new mount, process and network namespaces and does everything there.
// The first process of a process namespace takes all others with it when it ends, and mounts and networks
// vanish with their last process: however a run ends, nothing of it stays on the host.
package lab
