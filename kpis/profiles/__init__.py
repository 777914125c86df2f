"""The platforms whose way of counting is known: one module each, found by being there."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from connectors.business import Target
from connectors.errors import unknown
from connectors.text import Text
from kpis.catalogue import catalogue, kpi_named
from kpis.errors import BasisError, ProfileError
from kpis.kpi import Basis, Kpi
from kpis.profile import Platform, Variant


@cache
def platforms() -> dict[str, Platform]:
    """Every platform by its name, in alphabetical order."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").platform for name in names}


def profiles_of(kpi: str) -> dict[str, Variant]:
    """How platforms count a KPI, by platform."""
    return {name: found.variants[kpi] for name, found in platforms().items() if kpi in found.variants}


def kpis_of(profile: str) -> tuple[str, ...]:
    """The KPIs that a platform counts in its own way.

    Raises:
        ProfileError: there is no such platform.
    """
    if profile not in platforms():
        raise unknown(Text("profile", "平台口径"), profile, platforms(), ProfileError)
    return tuple(platforms()[profile].variants)


def in_profile(kpi: Kpi, profile: str | None) -> Kpi:
    """The KPI as a platform counts it; our own where no profile is asked for.

    Raises:
        ProfileError: there is no such platform, or it does not count this KPI.
    """
    if profile is None:
        return kpi
    if kpi.id not in kpis_of(profile):
        raise _not_counted(kpi.id, profile)
    return platforms()[profile].variants[kpi.id].of(kpi)


@cache
def asked_kpi(name: str, basis: Basis = "cohort", profile: str | None = None) -> Kpi:
    """A KPI as it is asked for, the same object each time.

    Raises:
        UnknownKpiError: there is no such KPI.
        BasisError: it does not know the basis.
        ProfileError: there is no such platform, or it does not count this KPI.
    """
    kpi = kpi_named(name)
    if name not in of_basis(basis):
        raise _not_on(name, basis)
    return in_profile(kpi.on(basis), profile)


def of_basis(basis: Basis) -> list[str]:
    """The ids of the KPIs that can be told on a basis: by cohort all of them."""
    return [name for name, kpi in catalogue().items() if basis == "cohort" or kpi.event]


def targets_of(kpi: str, profile: str) -> tuple[Target, ...]:
    """What a platform asks for; nothing where it asks nothing."""
    variant = platforms()[profile].variants[kpi]
    if variant.at_least is None and variant.at_most is None:
        return ()
    return (Target(kpi, {}, None, None, at_least=variant.at_least, at_most=variant.at_most, near=0.0),)


def varied() -> list[Kpi]:
    """Every KPI as every platform counts it."""
    return [
        variant.of(kpi_named(kpi))
        for found in platforms().values()
        for kpi, variant in found.variants.items()
    ]


def _not_on(kpi: str, basis: Basis) -> BasisError:
    able = ", ".join(of_basis(basis))
    return BasisError(
        Text(
            f"{kpi} has no basis '{basis}'; these have: {able}.",
            f"{kpi} 没有统计口径“{basis}”；有此口径的指标：{able}。",
        )
    )


def _not_counted(kpi: str, profile: str) -> ProfileError:
    others, own = ", ".join(profiles_of(kpi)), ", ".join(kpis_of(profile))
    its = (
        Text(f"; its profiles: {others}", f"；可用口径：{others}")
        if others
        else Text(", nor any other", "，也没有其他口径")
    )
    return ProfileError(
        Text(
            f"{kpi} has no profile '{profile}'{its.en}. {profile} counts: {own}.",
            f"{kpi} 没有平台口径“{profile}”{its.zh}。{profile} 包含：{own}。",
        )
    )
