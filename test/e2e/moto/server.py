"""The AWS emulator that the tests run the real kops against: moto's server, with the mends that kops needs.

Without a mend named here kops fails, or finds a change to make for ever, though nothing is wrong with what it was
given. Arguments are those of moto_server; it ends when a pipe that is its standard input does.
"""

import base64
import hashlib
import os
import stat
import sys
import threading

import moto.server
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from moto.autoscaling.models import (
    AutoScalingBackend,
    FakeAutoScalingGroup,
    InstanceState,
)
from moto.core.responses import ActionResult
from moto.core.types import Base64EncodedString
from moto.ec2.models.key_pairs import KeyPairBackend
from moto.ec2.models.launch_templates import LaunchTemplateVersion
from moto.ec2.models.subnets import SubnetBackend
from moto.ec2.models.vpcs import VPCBackend
from moto.ec2.responses.key_pairs import KeyPairs
from moto.ec2.responses.reserved_instances import ReservedInstances
from moto.ec2.responses.subnets import Subnets
from moto.ec2.utils import public_key_parse

# kops asks for the warm pool of every group, of those too that it is about to create: moto answers with a crash (an
# error 500, which kops tries again for ten minutes), AWS with nothing.
describe_warm_pool = AutoScalingBackend.describe_warm_pool


def describe_warm_pool_if_any(self, group_name):
    return describe_warm_pool(self, group_name) if group_name in self.autoscaling_groups else None


AutoScalingBackend.describe_warm_pool = describe_warm_pool_if_any

# moto forgets how a subnet names its instances: kops would set it again on each run, so no plan were ever empty.
modify_subnet_attribute = Subnets.modify_subnet_attribute


def modify_subnet_attribute_and_names(self):
    names = self.ec2_backend.get_subnet(self._get_param("SubnetId")).private_dns_name_options_on_launch
    hostname_type = self._get_param("PrivateDnsHostnameTypeOnLaunch")
    if hostname_type is not None:
        names["HostnameType"] = hostname_type
    aaaa_record = self._get_param("EnableResourceNameDnsAAAARecordOnLaunch.Value")
    if aaaa_record is not None:
        names["EnableResourceNameDnsAAAARecord"] = str(aaaa_record).lower() == "true"
    return modify_subnet_attribute(self)


Subnets.modify_subnet_attribute = modify_subnet_attribute_and_names


# moto wraps the user data of a template's first version and asserts that every version's is wrapped.
def user_data(self):
    data = self.data.get("UserData")
    return Base64EncodedString(data) if isinstance(data, str) else data


LaunchTemplateVersion.user_data = property(user_data)

# moto says that an instance runs the template's version of today, so that no instance would ever need replacing: an
# instance stays on the version that it was started with.
start_instance = InstanceState.__init__
current_template = InstanceState.launch_template.fget


def start_instance_on_version(self, *arguments, **options):
    start_instance(self, *arguments, **options)
    group = self.auto_scaling_group
    template = group.ec2_launch_template if group is not None else None
    self.started_with = template and template.get_version(group.launch_template_version).number


def started_template(self):
    template = current_template(self)
    return template and {**template, "Version": str(self.started_with)}


InstanceState.__init__ = start_instance_on_version
InstanceState.launch_template = property(started_template)

# A group never runs fewer instances than its minimum, but moto leaves the desired capacity below a raised one.
update_group = FakeAutoScalingGroup.update


def update_group_and_capacity(self, *arguments, **options):
    update_group(self, *arguments, **options)
    if (self.desired_capacity or 0) < (self.min_size or 0):
        self.set_desired_capacity(self.min_size)


FakeAutoScalingGroup.update = update_group_and_capacity


# kops takes a default machine type from what AWS offers to reserve in the zones: moto offers t2.micro alone.
def describe_offerings(self):
    zones = self.ec2_backend.describe_availability_zones()
    offer = {"InstanceType": self._get_param("InstanceType"), "ProductDescription": "Linux/UNIX (Amazon VPC)"}
    return ActionResult({"ReservedInstancesOfferings": [{**offer, "AvailabilityZone": zone.name} for zone in zones]})


ReservedInstances.describe_reserved_instances_offerings = describe_offerings

# AWS tells an Ed25519 key by what ssh-keygen prints, moto by a digest of something else: kops would take the key for
# another one on each run.
import_key_pair = KeyPairBackend.import_key_pair


def import_key_pair_with_fingerprint(self, key_name, public_key_material, tags):
    pair = import_key_pair(self, key_name, public_key_material, tags)
    if pair.key_type == "ed25519":
        public_key = public_key_parse(public_key_material).public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        digest = hashlib.sha256(base64.b64decode(public_key.split()[1])).digest()
        pair.key_fingerprint = base64.b64encode(digest).decode()
    return pair


KeyPairBackend.import_key_pair = import_key_pair_with_fingerprint

# kops deletes a key pair by its id, which moto does not look at.
delete_key_pair = KeyPairs.delete_key_pair


def delete_key_pair_by_id(self):
    wanted = self._get_param("KeyPairId")
    for pair in list(self.ec2_backend.key_pairs.values()):
        if pair.id == wanted:
            self.ec2_backend.delete_key_pair(pair.key_name)
            return ActionResult({"Return": True, "KeyPairId": wanted})
    return delete_key_pair(self)


KeyPairs.delete_key_pair = delete_key_pair_by_id

# A subnet that goes takes its place in a route table along: with moto the table could never be deleted.
delete_subnet = SubnetBackend.delete_subnet


def delete_subnet_and_associations(self, subnet_id):
    subnet = delete_subnet(self, subnet_id)
    for table in self.route_tables.values():
        table._associations = {name: target for name, target in table._associations.items() if target != subnet_id}
    return subnet


SubnetBackend.delete_subnet = delete_subnet_and_associations

# A network that goes leaves its DHCP options behind: kops, which deletes them next, would look for them for ever.
delete_vpc = VPCBackend.delete_vpc


def delete_vpc_without_dhcp_options(self, vpc_id):
    options = self.get_vpc(vpc_id).dhcp_options
    self.disassociate_dhcp_options(self.get_vpc(vpc_id))
    try:
        return delete_vpc(self, vpc_id)
    except Exception:
        if options:
            self.associate_dhcp_options(options, self.get_vpc(vpc_id))
        raise


VPCBackend.delete_vpc = delete_vpc_without_dhcp_options


# The tests hold the other end of standard input: when they end, even killed, so does the server.
def end_with_the_tests():
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    mode = os.fstat(sys.stdin.fileno()).st_mode
    # Not where somebody starts it by hand.
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        threading.Thread(target=end_with_the_tests, daemon=True).start()
    sys.exit(moto.server.main())
